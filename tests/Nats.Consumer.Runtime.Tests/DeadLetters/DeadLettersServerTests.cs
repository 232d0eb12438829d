using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.DeadLetters;

[Trait("Category", "Server")]
public class DeadLettersServerTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly IJetStream _js = server.JetStream;

    [Fact]
    public async Task List_WhatTheWorkerGaveUp_IsAllThatIsKnown()
    {
        await using TestStream stream = await server.StreamAsync();
        await GiveUpAsync(stream, setup => setup.MaxDeliver = 2, async () =>
        {
            await stream.PublishAsync("work.a", "{\"a\":1}", new NatsHeaders { { "Trace", "abc" }, { "Nats-Msg-Id", "their-id" } });
            await stream.PublishAsync("work.b.c", "");
        });

        IDeadLetters letters = _js.DeadLettersOf(stream.Name);
        (letters.Stream, letters.DeadLetterStream).ShouldBe((stream.Name, stream.DeadLetters));
        (await letters.CountAsync()).ShouldBe(2);
        List<DeadLetter> list = await letters.ListAsync().ToListAsync();
        list.Select(letter => letter.Sequence).ShouldBe([1ul, 2ul]);
        DeadLetter first = list[0];
        (first.Stream, first.Consumer, first.Subject, first.StreamSequence, first.Deliveries, first.Replays).ShouldBe((stream.Name, "worker", "work.a", 1ul, 2, 0));
        (first.Reason, first.Error, first.Host).ShouldBe(("no way", "System.InvalidOperationException", Environment.MachineName));
        first.Stack!.ShouldContain(nameof(DeadLettersServerTests));
        first.Headers!.Select(header => $"{header.Key}={header.Value}").ShouldBe(["Trace=abc", "Nats-Msg-Id=their-id"]);
        Encoding.UTF8.GetString(first.Payload.Span).ShouldBe("{\"a\":1}");
        first.Read<Dictionary<string, int>>()!["a"].ShouldBe(1);
        (first.Time - first.StoredAt!.Value).TotalSeconds.ShouldBeInRange(0, 20);
        (list[1].Subject, list[1].Headers, list[1].Payload.Length, list[1].IsPayloadMissing).ShouldBe(("work.b.c", null, 0, false));
        (await letters.CountAsync()).ShouldBe(2); // looking changes nothing
        (await letters.GetAsync(2))!.Subject.ShouldBe("work.b.c");
        (await letters.GetAsync(99)).ShouldBeNull();
    }

    [Fact]
    public async Task List_FilterAndPages_AreFollowed()
    {
        await using TestStream stream = await server.StreamAsync();
        await WriteAsync(stream, ("one", "work.a"), ("two", "work.a"), ("one", "work.b.c"), ("one", "work.a"), ("$payload", "one"), ("two", "work.x.c"));
        IDeadLetters letters = _js.DeadLettersOf(stream.Name);

        async Task<(long, string)> OfAsync(DeadLetterFilter? filter, ulong after = 0) =>
            (await letters.CountAsync(filter), string.Join(' ', await letters.ListAsync(filter, after).Select(letter => letter.Sequence).ToListAsync()));

        (await OfAsync(null)).ShouldBe((5, "1 2 3 4 6"));
        (await OfAsync(new DeadLetterFilter { Consumer = "one" })).ShouldBe((3, "1 3 4"));
        (await OfAsync(new DeadLetterFilter { Subject = "work.{x}.c" })).ShouldBe((2, "3 6"));
        (await OfAsync(new DeadLetterFilter { Consumer = "two", Subject = "work.a" })).ShouldBe((1, "2"));
        (await OfAsync(new DeadLetterFilter { Subject = "one" })).ShouldBe((0, "")); // not the payload of a letter of consumer 'one'
        (await OfAsync(null, after: 3)).ShouldBe((5, "4 6"));
        (await letters.ListAsync(after: 6).AnyAsync()).ShouldBeFalse();
        (await letters.ListAsync().Take(2).CountAsync()).ShouldBe(2);
        (await letters.GetAsync(5)).ShouldBeNull();
        await Should.ThrowAsync<ArgumentException>(letters.CountAsync(new DeadLetterFilter { Consumer = "a.b" }));
        await Should.ThrowAsync<ArgumentException>(async () => await letters.ListAsync(new DeadLetterFilter { Subject = "a..b" }).AnyAsync());
    }

    [Fact]
    public async Task Replay_Message_ComesBackAndTheLetterGoes()
    {
        await using TestStream stream = await server.StreamAsync();
        await GiveUpAsync(stream, setup => setup.MaxDeliver = 1, () =>
            stream.PublishAsync("work.a", "payload", new NatsHeaders { { "Trace", "abc" }, { "Nats-Msg-Id", "their-id" }, { "Nats-Expected-Last-Sequence", "0" } }));
        IDeadLetters letters = _js.DeadLettersOf(stream.Name);
        DeadLetter letter = await letters.ListAsync().SingleAsync();

        PublishAck ack = await letters.ReplayAsync(letter);
        (ack.Stream, ack.Sequence, ack.Duplicate).ShouldBe((stream.Name, 2ul, false));
        StoredMessage message = (await _js.GetMessageAsync(stream.Name, 2))!;
        (message.Subject, Encoding.UTF8.GetString(message.Payload.Span)).ShouldBe(("work.a", "payload"));
        message.Headers!["Trace"].ShouldBe("abc");
        message.Headers["Dead-Letter-Replays"].ShouldBe("1");
        message.Headers["Nats-Msg-Id"]!.ShouldStartWith($"replay:dead-letter:{stream.Name}:worker:1:");
        message.Headers["Nats-Expected-Last-Sequence"].ShouldBeNull();
        message.Headers["Dead-Letter-Reason"].ShouldBeNull();
        (await letters.CountAsync()).ShouldBe(0);

        // As if the answer to the deletion had been lost: it is not published twice.
        (await letters.ReplayAsync(letter)).Duplicate.ShouldBeTrue();
        (await stream.InfoAsync()).Messages.ShouldBe(2);
    }

    [Fact]
    public async Task Replay_FailsAgain_IsANewLetterThatCounts()
    {
        await using TestStream stream = await server.StreamAsync();
        IDeadLetters letters = _js.DeadLettersOf(stream.Name);
        await using Worker worker = await stream.WorkAsync(setup => setup.MaxDeliver = 1, new Script((_, _) => throw new InvalidOperationException("no way")));
        await stream.PublishAsync("work.a", "payload");
        for (int replays = 0; replays < 3; replays++)
        {
            await Until.TrueAsync(async () => await letters.CountAsync() == 1, "the dead letter");
            DeadLetter letter = await letters.ListAsync().SingleAsync();
            (letter.Replays, letter.StreamSequence).ShouldBe((replays, (ulong)replays + 1));
            (await letters.ReplayAllAsync()).Replayed.ShouldBe(1); // and not for ever
        }
    }

    [Fact]
    public async Task ReplayAll_SomeCannotBe_SaysWhichAndWhy()
    {
        await using TestStream stream = await server.StreamAsync();
        await WriteAsync(stream, ("one", "work.a"), ("one", "elsewhere.a"), ("two", "work.a"), ("one", "work.b"));
        IDeadLetters letters = _js.DeadLettersOf(stream.Name);
        DeadLetterReplay replay = await letters.ReplayAllAsync(new DeadLetterFilter { Consumer = "one" });
        replay.Replayed.ShouldBe(2);
        DeadLetterReplayFailure failure = replay.Failed.ShouldHaveSingleItem();
        (failure.Sequence, failure.Subject).ShouldBe((2ul, "elsewhere.a"));
        failure.Reason.ShouldStartWith("No stream captures 'elsewhere.a'");
        (await letters.ListAsync().Select(letter => letter.Sequence).ToListAsync()).ShouldBe([2ul, 3ul]);
        (await stream.InfoAsync()).Messages.ShouldBe(2);
    }

    [Fact]
    public async Task Replay_AnotherStreamHasTheSubjectNow_IsRefused()
    {
        await using TestStream stream = await server.StreamAsync();
        await using TestStream other = await server.StreamAsync("other.>");
        await WriteAsync(stream, ("one", "other.a"));
        IDeadLetters letters = _js.DeadLettersOf(stream.Name);
        (await Should.ThrowAsync<JetStreamApiException>(letters.ReplayAsync(await letters.ListAsync().SingleAsync()))).ErrorCode.ShouldBe(10060);
        (await letters.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task LargePayload_KeptByItself_IsReadReplayedAndDeletedWithItsLetter()
    {
        await using TestServer own = await TestServer.StartAsync(new Nats.Consumer.Testing.NatsServerOptions { ConfigText = "max_payload: 65536" });
        await using TestStream stream = await own.StreamAsync();
        byte[] payload = new byte[65_400]; // with room for a traceparent, if another test listens to traces
        payload.AsSpan().Fill((byte)'x');
        IDeadLetters letters = own.JetStream.DeadLettersOf(stream.Name);
        await GiveUpAsync(stream, setup => setup.MaxDeliver = 1, async () =>
        {
            for (int i = 0; i < 3; i++)
                await stream.PublishAsync($"work.{i}", Encoding.UTF8.GetString(payload));
        });

        (await letters.CountAsync()).ShouldBe(3);
        (await stream.DeadLetterCountAsync()).ShouldBe(6);
        List<DeadLetter> list = await letters.ListAsync().ToListAsync();
        list.All(letter => letter.Payload.Span.SequenceEqual(payload) && !letter.IsPayloadMissing).ShouldBeTrue();

        (await letters.DeleteAsync(list[0].Sequence)).ShouldBeTrue();
        (await letters.DeleteAsync(list[0].Sequence)).ShouldBeFalse();
        (await letters.DeleteAsync(list[1].PayloadSequence!.Value)).ShouldBeFalse(); // no letter
        (await stream.DeadLetterCountAsync()).ShouldBe(4);

        await own.JetStream.DeleteMessageAsync(stream.DeadLetters, list[1].PayloadSequence!.Value);
        DeadLetter without = (await letters.GetAsync(list[1].Sequence))!;
        (without.IsPayloadMissing, without.Payload.Length).ShouldBe((true, 0));
        (await Should.ThrowAsync<JetStreamException>(letters.ReplayAsync(without))).Message.ShouldStartWith($"The payload of dead letter {without.Sequence} ('work.1') is gone");

        DeadLetterReplay replay = await letters.ReplayAllAsync();
        (replay.Replayed, replay.Failed.Single().Sequence).ShouldBe((1, without.Sequence));
        (await own.JetStream.GetLastMessageAsync(stream.Name, "work.2"))!.Payload.Span.SequenceEqual(payload).ShouldBeTrue();
        (await letters.PurgeAsync()).ShouldBe(1);
        (await stream.DeadLetterCountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Purge_Filter_LeavesTheRest()
    {
        await using TestStream stream = await server.StreamAsync();
        await WriteAsync(stream, ("one", "work.a"), ("two", "work.a"), ("one", "work.b"), ("$payload", "one"), ("two", "work.b"), ("one", "work.a"));
        IDeadLetters letters = _js.DeadLettersOf(stream.Name);
        (await letters.PurgeAsync(new DeadLetterFilter { Consumer = "one", Subject = "work.a" })).ShouldBe(2);
        (await letters.PurgeAsync(new DeadLetterFilter { Subject = "work.b" })).ShouldBe(2);
        (await letters.PurgeAsync(new DeadLetterFilter { Subject = "work.b" })).ShouldBe(0);
        (await letters.PurgeAsync()).ShouldBe(1);
        (await stream.DeadLetterCountAsync()).ShouldBe(1); // a payload whose letter is not there yet
    }

    [Fact]
    public async Task NoDeadLettersYet_IsNone_AndAWrongNameIsAnError()
    {
        await using TestStream stream = await server.StreamAsync();
        IDeadLetters letters = _js.DeadLettersOf(stream.Name);
        (await letters.CountAsync()).ShouldBe(0);
        (await letters.ListAsync().AnyAsync()).ShouldBeFalse();
        (await letters.GetAsync(1)).ShouldBeNull();
        (await letters.DeleteAsync(1)).ShouldBeFalse();
        (await letters.PurgeAsync()).ShouldBe(0);
        (await letters.ReplayAllAsync()).Replayed.ShouldBe(0);
        (await Should.ThrowAsync<JetStreamException>(_js.DeadLettersOf("tpyo").CountAsync())).Message
            .ShouldBe("There is neither a stream 'tpyo' nor a stream 'tpyo-dead-letters' with its dead letters. Check the name.");
        Should.Throw<ArgumentException>(() => _js.DeadLettersOf("a.b"));
    }

    // A worker that fails with every message, until all are settled.
    private static async Task GiveUpAsync(TestStream stream, Action<ConsumerSetup> configure, Func<Task> publishAsync)
    {
        await using Worker worker = await stream.WorkAsync(configure, new Script((_, _) => throw new InvalidOperationException("no way")));
        await publishAsync();
        await stream.SettledAsync();
    }

    private async Task WriteAsync(TestStream stream, params (string Consumer, string Subject)[] letters)
    {
        string prefix = $"dead-letters.{stream.Name}";
        await _js.CreateStreamAsync(new StreamConfig(stream.DeadLetters) { Subjects = [$"{prefix}.>"] });
        foreach ((string consumer, string subject) in letters)
            await stream.PublishAsync($"{prefix}.{consumer}.{subject}", "x");
    }
}
