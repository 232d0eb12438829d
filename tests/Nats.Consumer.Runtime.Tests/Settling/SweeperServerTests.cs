using System.Text;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Settling;

/// <summary>What the server has given up on is kept. The advisories are the test's own, in the server's words.</summary>
[Trait("Category", "Server")]
public class SweeperServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Advisory_TwoWorkers_KeepOneCopy()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker first = await stream.WorkAsync(), second = await stream.WorkAsync();
        await stream.PublishAsync("work.x", "precious");
        await stream.SettledAsync();
        await GiveUpAsync(stream, 1);
        await GiveUpAsync(stream, 1);
        await Until.TrueAsync(() => first.Log.Count("The server gave up on message 1") + second.Log.Count("The server gave up on message 1") == 2, "each of them was heard by one");
        (await stream.DeadLetterCountAsync()).ShouldBe(1);
        (await stream.DeadLetterAsync()).Payload.ShouldBe("precious");
    }

    [Fact]
    public async Task Advisory_WorkQueue_TakesItOutOfTheQueue()
    {
        await using TestStream stream = await server.StreamAsync(configure: config => config["retention"] = "workqueue");
        var go = new TaskCompletionSource();
        await using Worker worker = await stream.WorkAsync(script: new Script(async (_, cancellationToken) =>
        {
            await go.Task.WaitAsync(cancellationToken);
            return Outcome.Ack;
        }));
        await stream.PublishAsync("work.x");
        await worker.Script.CountAsync(1);
        await GiveUpAsync(stream, 1);
        await Until.TrueAsync(async () => (await stream.InfoAsync()).Messages == 0, "an empty queue");
        (await stream.DeadLetterCountAsync()).ShouldBe(1);
        go.SetResult();
    }

    [Theory]
    [InlineData(ErrorAckBehavior.Ack)]
    [InlineData(ErrorAckBehavior.Terminate)]
    public async Task Advisory_NoCopiesWanted_TakesItOutOfTheQueueAllTheSame(ErrorAckBehavior behavior)
    {
        await using TestStream stream = await server.StreamAsync(configure: config => config["retention"] = "workqueue");
        var go = new TaskCompletionSource();
        await using Worker worker = await stream.WorkAsync(setup => setup.OnExhausted = behavior, new Script(async (_, cancellationToken) =>
        {
            await go.Task.WaitAsync(cancellationToken);
            return Outcome.Ack;
        }));
        await stream.PublishAsync("work.x");
        await worker.Script.CountAsync(1);
        (await stream.ConsumerAsync()).Config["max_deliver"]!.GetValue<int>().ShouldBe(105, "attempts, and a margin");
        await GiveUpAsync(stream, 1);
        await worker.Log.ContainsAsync("The server gave up on message 1 of stream");
        await Until.TrueAsync(async () => (await stream.InfoAsync()).Messages == 0, "an empty queue");
        (await stream.DeadLetterCountAsync()).ShouldBe(0);
        go.SetResult();
    }

    // Which is what it says: the message is left to the server.
    [Fact]
    public async Task Advisory_Nak_LeavesTheMessageWhereItIs()
    {
        await using TestStream stream = await server.StreamAsync(configure: config => config["retention"] = "workqueue");
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.OnExhausted, setup.MaxDeliver) = (ErrorAckBehavior.Nak, 2), new Script((_, _) => throw new InvalidOperationException("no way")));
        await stream.PublishAsync("work.x");
        await worker.Script.CountAsync(2);
        (await stream.ConsumerAsync()).Config["max_deliver"]!.GetValue<int>().ShouldBe(2);
        await stream.PublishAsync("work.y");
        await worker.Script.CountAsync(4); // by then the server has given up on the first one
        (await stream.InfoAsync()).Messages.ShouldBe(2);
        (await stream.DeadLetterCountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Advisory_NothingToKeep_IsPassedOver()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync();
        await stream.PublishAsync("work.x");
        await stream.SettledAsync();
        await GiveUpAsync(stream, 77); // gone meanwhile
        await PublishAsync(stream, "no JSON");
        await PublishAsync(stream, "null");
        await PublishAsync(stream, "{}");
        await PublishAsync(stream, "[]");
        await PublishAsync(stream, """{"stream_seq":"one"}""");
        await GiveUpAsync(stream, 1);
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 1, "the one that there is");
    }

    [Fact]
    public async Task DeadLetterStream_Full_IsTriedAgain()
    {
        await using TestStream stream = await server.StreamAsync();
        await server.Api.CreateStreamAsync(
            new JsonObject { ["name"] = stream.DeadLetters, ["subjects"] = new JsonArray($"dead-letters.{stream.Name}.>"), ["max_bytes"] = 100, ["discard"] = "new" }, CancellationToken.None);
        await using Worker worker = await stream.WorkAsync();
        await stream.PublishAsync("work.x");
        await stream.SettledAsync();
        await GiveUpAsync(stream, 1);
        await worker.Log.ContainsAsync("could not be stored as a dead letter; trying again");
        JsonObject config = (await server.Api.GetStreamAsync(stream.DeadLetters, CancellationToken.None))!.Config;
        config["max_bytes"] = -1;
        await server.Api.UpdateStreamAsync(config, CancellationToken.None);
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 1, "the dead letter");
    }

    [Fact]
    public async Task Stop_WhileOneCannotBeStored_StoresWhatItCanAndSaysWhatIsLeft()
    {
        await using TestStream stream = await server.StreamAsync();
        await server.Api.CreateStreamAsync(
            new JsonObject { ["name"] = stream.DeadLetters, ["subjects"] = new JsonArray($"dead-letters.{stream.Name}.>"), ["max_bytes"] = 100, ["discard"] = "new" }, CancellationToken.None);
        Worker worker = await stream.WorkAsync();
        await using (worker)
        {
            await stream.PublishAsync("work.x");
            await stream.SettledAsync();
            await GiveUpAsync(stream, 1);
            await worker.Log.ContainsAsync("could not be stored as a dead letter; trying again");
        }

        worker.Log.Text.ShouldContain($"1 messages that the server gave up on for consumer 'worker' of stream '{stream.Name}' could not be stored as dead letters before the worker ended.");
    }

    private Task GiveUpAsync(TestStream stream, ulong sequence) => PublishAsync(
        stream, $$"""{"type":"io.nats.jetstream.advisory.v1.max_deliver","id":"x","stream":"{{stream.Name}}","consumer":"worker","stream_seq":{{sequence}},"deliveries":105}""");

    private async Task PublishAsync(TestStream stream, string advisory)
    {
        await server.Connection.PublishAsync($"$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.{stream.Name}.worker", Encoding.UTF8.GetBytes(advisory));
        await server.Connection.FlushAsync();
    }
}
