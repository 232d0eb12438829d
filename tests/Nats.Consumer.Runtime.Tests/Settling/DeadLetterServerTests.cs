using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Settling;

[Trait("Category", "Server")]
public class DeadLetterServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Exhausted_IsKeptWithAllThatIsKnown()
    {
        await using TestStream stream = await server.StreamAsync();
        var told = new List<string>();
        await using Worker worker = await stream.WorkAsync(
            setup =>
            {
                setup.MaxDeliver = 3;
                setup.OnError = (message, error, count) =>
                {
                    told.Add($"{message.Subject} {error.Message} {count} {message.IsSettled}");
                    return ValueTask.CompletedTask;
                };
            },
            new Script((_, _) => throw new InvalidOperationException("no\nway")));
        await stream.PublishAsync("work.x", "{\"a\":1}", new NatsHeaders { ["Trace"] = "abc", ["Nats-Msg-Id"] = "their-id", ["Nats-Expected-Stream"] = stream.Name });
        await stream.SettledAsync();

        told.ShouldBe(["work.x no\nway 3 False"]);
        worker.Script.Seen.Select(seen => seen.Delivery).ShouldBe([1, 2, 3]);
        (await stream.DeadLetterCountAsync()).ShouldBe(1);
        (string subject, NatsHeaders headers, string payload) = await stream.DeadLetterAsync();
        subject.ShouldBe($"dead-letters.{stream.Name}.worker.work.x");
        payload.ShouldBe("{\"a\":1}");
        headers["Trace"].ShouldBe("abc");
        headers["Original-Nats-Msg-Id"].ShouldBe("their-id");
        headers["Original-Nats-Expected-Stream"].ShouldBe(stream.Name);
        headers["Nats-Msg-Id"].ShouldBe(await stream.DeadLetterIdAsync());
        headers["Dead-Letter-Stream"].ShouldBe(stream.Name);
        headers["Dead-Letter-Consumer"].ShouldBe("worker");
        headers["Dead-Letter-Subject"].ShouldBe("work.x");
        headers["Dead-Letter-Sequence"].ShouldBe("1");
        headers["Dead-Letter-Deliveries"].ShouldBe("3");
        headers["Dead-Letter-Error"].ShouldBe("System.InvalidOperationException");
        headers["Dead-Letter-Reason"].ShouldBe("no ⏎ way");
        headers["Dead-Letter-Stack"]!.ShouldContain(nameof(DeadLetterServerTests));
        headers["Dead-Letter-Host"].ShouldBe(Environment.MachineName);
        DateTimeOffset stored = DateTimeOffset.Parse(headers["Dead-Letter-Stored"]!, null), time = DateTimeOffset.Parse(headers["Dead-Letter-Time"]!, null);
        (time - stored).TotalSeconds.ShouldBeInRange(0, 10);
    }

    [Fact]
    public async Task Undecodable_IsKeptAtOnceAndTheHandlerIsNotCalled()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(setup => setup.Handlers = [typeof(TypedHandler)]);
        await stream.PublishAsync("work.x", "{ this is no JSON");
        await stream.PublishAsync("work.x", "");
        await stream.PublishAsync("work.x", "null");
        await stream.SettledAsync();
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 3, "three dead letters");
        worker.Script.Count.ShouldBe(0);
        (_, NatsHeaders headers, string payload) = await stream.DeadLetterAsync();
        payload.ShouldBe("{ this is no JSON");
        headers["Dead-Letter-Deliveries"].ShouldBe("1");
        headers["Dead-Letter-Error"].ShouldBe(typeof(PayloadException).FullName);
    }

    [Fact]
    public async Task OutcomeDeadLetter_IsKeptAtOnceWithItsReason()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(script: new Script((_, _) => ValueTask.FromResult(Outcome.DeadLetter("too old"))));
        await stream.PublishAsync("work.x");
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(1);
        (await stream.DeadLetterAsync()).Headers["Dead-Letter-Reason"].ShouldBe("too old");
    }

    [Fact]
    public async Task SameMessageTwice_IsKeptOnce()
    {
        await using TestStream stream = await server.StreamAsync();
        await using (Worker worker = await stream.WorkAsync())
        {
        }

        // As if a worker had stored the copy and died before it could terminate the message.
        await stream.PublishAsync("work.x");
        await stream.PublishAsync($"dead-letters.{stream.Name}.worker.work.x", "copy", new NatsHeaders { ["Nats-Msg-Id"] = await stream.DeadLetterIdAsync() });
        await using Worker second = await stream.WorkAsync(script: new Script((_, _) => ValueTask.FromResult(Outcome.DeadLetter("again"))));
        await second.Script.CountAsync(1);
        await stream.SettledAsync();
        (await stream.DeadLetterCountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task DeadLetterStream_Full_KeepsTheMessageUntilThereIsRoom()
    {
        await using TestStream stream = await server.StreamAsync();
        await server.Api.CreateStreamAsync(
            new JsonObject { ["name"] = stream.DeadLetters, ["subjects"] = new JsonArray($"dead-letters.{stream.Name}.>"), ["max_bytes"] = 100, ["discard"] = "new" }, CancellationToken.None);
        int told = 0;
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.MaxDeliver, setup.OnError) = (1, (_, _, _) =>
            {
                Interlocked.Increment(ref told);
                return ValueTask.CompletedTask;
            }
            ),
            new Script((_, _) => throw new InvalidOperationException("no way")));
        await stream.PublishManyAsync(3);
        await Until.TrueAsync(() => worker.Log.Count("could not be stored as a dead letter") > 3, "several failures");
        (await stream.DeadLetterCountAsync()).ShouldBe(0);

        JsonObject config = (await server.Api.GetStreamAsync(stream.DeadLetters, CancellationToken.None))!.Config;
        config["max_bytes"] = -1;
        await server.Api.UpdateStreamAsync(config, CancellationToken.None);
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 3, "three dead letters");
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(3, "a message that only waits for its dead letter is not handled again");
        told.ShouldBe(3, "nor is HandleErrorAsync told again");
        (await stream.DeadLetterAsync()).Headers["Dead-Letter-Reason"].ShouldBe("no way");
    }

    [Fact]
    public async Task DeadLetterStream_Deleted_LosesNothing()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(setup => setup.MaxDeliver = 1, new Script((_, _) => throw new InvalidOperationException("no way")));
        await server.Api.DeleteStreamAsync(stream.DeadLetters, CancellationToken.None);
        await stream.PublishAsync("work.x");
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 1, "the dead letter in a stream made anew");
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(1);
    }

    // With what the copy says of it a message may be larger than a server takes.
    [Theory]
    [InlineData(1024 * 1024, 0)]
    [InlineData(1024 * 1024 - 300, 0)]
    [InlineData(3000, 4000)]
    public async Task TooLargeWithItsHeaders_IsKeptInTwoMessages(int size, int streamLimit)
    {
        await using TestStream stream = await server.StreamAsync();
        if (streamLimit > 0)
        {
            await server.Api.CreateStreamAsync(
                new JsonObject { ["name"] = stream.DeadLetters, ["subjects"] = new JsonArray($"dead-letters.{stream.Name}.>"), ["max_msg_size"] = streamLimit }, CancellationToken.None);
        }

        await using Worker worker = await stream.WorkAsync(setup => setup.MaxDeliver = 1, new Script((_, _) => throw new InvalidOperationException(new string('x', 2000))));
        string payload = new('x', size);
        await stream.PublishAsync("work.x", payload);
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 2, "payload and dead letter");
        await stream.SettledAsync();
        (string subject, NatsHeaders headers, string body) = await stream.DeadLetterAsync(2);
        (subject, body).ShouldBe(($"dead-letters.{stream.Name}.worker.work.x", ""));
        headers["Dead-Letter-Payload-Sequence"].ShouldBe("1");
        headers["Dead-Letter-Stack"].ShouldBe(streamLimit > 0 ? null : headers["Dead-Letter-Stack"], "what does not fit is left out");
        (string bodySubject, NatsHeaders bodyHeaders, string kept) = await stream.DeadLetterAsync(1);
        bodySubject.ShouldBe($"dead-letters.{stream.Name}.$payload.worker");
        bodyHeaders["Nats-Msg-Id"].ShouldBe(size == 1024 * 1024 ? null : $"{headers["Nats-Msg-Id"]}:payload", "there is no room for it");
        kept.ShouldBe(payload);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MoreDeliveriesThanAttempts_IsTriedAloneOnce(bool wentDown)
    {
        await using TestStream stream = await server.StreamAsync();
        await using (Worker first = await stream.WorkAsync(setup => setup.MaxDeliver = 2))
        {
        }

        await stream.PublishAsync("work.crash");
        for (int i = 0; i < 2; i++)
            await stream.TakeAndNakAsync();
        string time = (await stream.DeadLetterIdAsync()).Split(':')[^1];
        if (wentDown)
            await server.Publisher.PublishAsync($"dead-letters.{stream.Name}.$alone.worker.1.{time}", ReadOnlyMemory<byte>.Empty, (NatsHeaders?)null, CancellationToken.None);
        await using Worker worker = await stream.WorkAsync(setup => setup.MaxDeliver = 2);
        await Until.TrueAsync(() => worker.Script.Count == 1 || worker.Log.Count("is a dead letter in") == 1, "a decision");
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(wentDown ? 0 : 1);
        IDeadLetters letters = server.JetStream.DeadLettersOf(stream.Name);
        (await letters.CountAsync()).ShouldBe(wentDown ? 1 : 0);
        await foreach (DeadLetter letter in letters.ListAsync())
        {
            (letter.Deliveries, letter.Error).ShouldBe((3, typeof(RetriesExhaustedException).FullName));
            letter.Reason.ShouldContain("2 attempts are allowed: when its handler ran alone the worker went down");
        }

        if (!wentDown)
            await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 0, "no note left behind");
    }

    [Theory]
    [InlineData(ErrorAckBehavior.Ack)]
    [InlineData(ErrorAckBehavior.Terminate)]
    public async Task Exhausted_OtherBehaviors_EndTheMessageWithoutACopy(ErrorAckBehavior behavior)
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.MaxDeliver, setup.OnExhausted) = (2, behavior), new Script((_, _) => throw new InvalidOperationException("no way")));
        await stream.PublishAsync("work.x");
        await worker.Script.CountAsync(2);
        await stream.SettledAsync();
        (await stream.DeadLetterCountAsync()).ShouldBeLessThanOrEqualTo(0);
    }

    [Fact]
    public async Task Exhausted_HandledByHandleErrorThatDoesNot_IsKept()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.MaxDeliver, setup.OnExhausted) = (1, ErrorAckBehavior.HandledByHandleError), new Script((_, _) => throw new InvalidOperationException("no way")));
        await stream.PublishAsync("work.x");
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 1, "the dead letter");
        await stream.SettledAsync();
        worker.Log.Text.ShouldContain("did not settle message 1, although OnExhausted says that it does; it is dead-lettered.");
    }

    [Fact]
    public async Task Exhausted_HandleErrorSettles_IsRespected()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.MaxDeliver, setup.OnError) = (1, (message, _, _) => message.AckAsync()), new Script((_, _) => throw new InvalidOperationException("no way")));
        await stream.PublishAsync("work.x");
        await worker.Script.CountAsync(1);
        await stream.SettledAsync();
        (await stream.DeadLetterCountAsync()).ShouldBe(0);
    }

    public sealed record Payload(int A);

    public sealed class TypedHandler(Script script) : ConsumerHandler
    {
        [Handle("work.x")]
        public Task OnWorkAsync(Payload payload, MessageContext message) => script.SeeAsync(message, payload.ToString());
    }
}
