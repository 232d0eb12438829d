using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.JetStream.Publishing;

public class PublishWindowTests
{
    [Fact]
    public async Task Publish_Answers_GoToTheirMessagesInAnyOrder()
    {
        await using var lane = new WindowLane();
        for (int i = 0; i < 3; i++)
            await lane.PublishAsync($"a.{i}", state: i);
        lane.Sent.Select(sent => sent.ReplyTo).Distinct().Count().ShouldBe(3);

        lane.Confirm(lane.Sent[2].ReplyTo, 12);
        lane.Answer(lane.Sent[0].ReplyTo, """{"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 5"}}""");
        lane.Confirm(lane.Sent[1].ReplyTo, 11, duplicate: true);

        (await lane.Window.FlushAsync()).ShouldBe(new PublishSummary(Stored: 1, Duplicates: 1, Failed: 1));
        lane.Results.Select(result => (result.State, result.Subject, result.Ack.Sequence, result.IsStored)).ShouldBe([(2, "a.2", 12ul, true), (0, "a.0", 0ul, false), (1, "a.1", 11ul, true)]);
    }

    [Fact]
    public async Task Answer_FromNobodyKnown_DoesNothing()
    {
        await using var lane = new WindowLane(maxPending: 1);
        await lane.PublishAsync();
        foreach (string foreign in new[] { "_INBOX.1.", "_INBOX.1.x", "_INBOX.1.1", "_INBOX.1.-1", "_INBOX.1.99999999999999999999", "_INBOX", "" })
            lane.Confirm(foreign, 99);
        lane.Window.Pending.ShouldBe(1);
        lane.Confirm(lane.Sent[0].ReplyTo, 1);
        lane.Confirm(lane.Sent[0].ReplyTo, 2);
        (await lane.Window.FlushAsync()).Stored.ShouldBe(1);
    }

    [Fact]
    public async Task Answer_ThatComesTooLate_IsNotTheNextMessages()
    {
        await using var lane = new WindowLane(maxPending: 1);
        await lane.PublishAsync(state: "late");
        lane.Time.Advance(TimeSpan.FromSeconds(5));
        await Until.TrueAsync(() => lane.Results.Count == 1, "the time-out");
        await lane.PublishAsync(state: "next"); // in the same slot
        lane.Confirm(lane.Sent[0].ReplyTo, 1);
        lane.Window.Pending.ShouldBe(1);
        lane.Confirm(lane.Sent[1].ReplyTo, 2);
        await lane.Window.FlushAsync();
        lane.Results.Select(result => (result.State, result.Ack.Sequence)).ShouldBe([("late", 0ul), ("next", 2ul)]);
    }

    [Fact]
    public async Task Answer_ToAMessageThatWasSentTwice_IsNotTheNextMessages()
    {
        await using var lane = new WindowLane(maxPending: 1);
        await lane.PublishAsync(id: "m1");
        lane.Disconnect();
        lane.Reconnect();
        lane.Confirm(lane.Sent[1].ReplyTo, 1);
        await lane.Window.FlushAsync();
        await lane.PublishAsync(id: "m2");
        lane.Confirm(lane.Sent[1].ReplyTo, 1, duplicate: true);
        lane.Window.Pending.ShouldBe(1);
        lane.Sent[2].ReplyTo.ShouldNotBe(lane.Sent[1].ReplyTo);
    }

    [Fact]
    public async Task Publish_WindowFull_WaitsForRoom()
    {
        await using var lane = new WindowLane(maxPending: 2);
        await lane.PublishAsync();
        await lane.PublishAsync();
        Task third = lane.PublishAsync();
        third.IsCompleted.ShouldBeFalse();
        lane.Sent.Count.ShouldBe(2);
        lane.Confirm(lane.Sent[1].ReplyTo, 1);
        await third.WaitAsync(TimeSpan.FromSeconds(5));
        lane.Sent.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Publish_BytesFull_WaitsForRoom()
    {
        await using var lane = new WindowLane(configure: options => new PublishWindowOptions { MaxPendingBytes = 5, OnResult = options.OnResult });
        await lane.PublishAsync("a.bcdefgh"); // alone it may be larger
        Task second = lane.PublishAsync();
        second.IsCompleted.ShouldBeFalse();
        lane.Confirm(lane.Sent[0].ReplyTo, 1);
        await second.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Publish_WaitCancelled_IsNotSent()
    {
        await using var lane = new WindowLane(maxPending: 1);
        await lane.PublishAsync();
        using var cancel = new CancellationTokenSource();
        Task second = lane.Window.PublishAsync("a.b", 1, cancellationToken: cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        lane.Confirm(lane.Sent[0].ReplyTo, 1);
        (await lane.Window.FlushAsync()).Stored.ShouldBe(1);
        lane.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Publish_Refused_FreesItsPlace()
    {
        await using var lane = new WindowLane(maxPending: 1);
        lane.Connection.OnPublish = _ => throw new NatsPayloadTooLargeException(2, 1);
        await Should.ThrowAsync<NatsPayloadTooLargeException>(lane.PublishAsync());
        await Should.ThrowAsync<ArgumentException>(async () => await lane.Window.PublishAsync("a.*", 1));
        await Should.ThrowAsync<ArgumentException>(async () => await lane.Window.PublishAsync("a", 1, new PublishOptions { MessageId = "" }));
        lane.Connection.OnPublish = null;
        await lane.PublishAsync();
        lane.Confirm(lane.Sent[0].ReplyTo, 1);
        (await lane.Window.FlushAsync()).ShouldBe(new PublishSummary(1, 0, 0));
    }

    [Fact]
    public async Task Failure_NobodyIsTold_IsThrownByWhatFollows()
    {
        await using var lane = new WindowLane(reports: false);
        await lane.PublishAsync();
        await lane.PublishAsync();
        lane.Answer(lane.Sent[0].ReplyTo, """{"error":{"code":503,"err_code":10077,"description":"maximum messages exceeded"}}""");
        JetStreamException error = await Should.ThrowAsync<JetStreamException>(lane.PublishAsync());
        error.InnerException.ShouldBeOfType<JetStreamApiException>().ErrorCode.ShouldBe(10077);
        lane.Sent.Count.ShouldBe(2);
        lane.Confirm(lane.Sent[1].ReplyTo, 1);
        (await Should.ThrowAsync<JetStreamException>(lane.Window.FlushAsync())).Message.ShouldBe(
            "1 of 2 messages were not confirmed. The first: Publishing to 'a.b': the server refused (503, error 10077): maximum messages exceeded.");
    }

    [Fact]
    public async Task Failure_NobodyIsTold_EndsTheWaitForRoom()
    {
        await using var lane = new WindowLane(maxPending: 100, reports: false);
        for (int i = 0; i < 100; i++)
            await lane.PublishAsync();
        Task waiting = lane.PublishAsync();
        lane.Answer(lane.Sent[0].ReplyTo, "pong");
        (await Should.ThrowAsync<JetStreamException>(waiting)).Message.ShouldContain("is not from a stream");
    }

    [Fact]
    public async Task OnResult_Throws_IsThrownByWhatFollows()
    {
        await using var lane = new WindowLane(onResult: _ => throw new InvalidOperationException("mine"));
        await lane.PublishAsync();
        lane.Confirm(lane.Sent[0].ReplyTo, 1);
        (await Should.ThrowAsync<JetStreamException>(lane.Window.FlushAsync())).Message.ShouldBe("OnResult threw: mine");
        await Should.ThrowAsync<JetStreamException>(lane.PublishAsync());
    }

    [Fact]
    public async Task OnResult_Slow_HoldsThePublisherBack()
    {
        using var gate = new SemaphoreSlim(0);
        await using var lane = new WindowLane(maxPending: 1, onResult: _ => gate.Wait());
        await lane.PublishAsync();
        lane.Confirm(lane.Sent[0].ReplyTo, 1);
        Task second = lane.PublishAsync();
        await Task.Delay(50);
        second.IsCompleted.ShouldBeFalse();
        gate.Release(2);
        await second.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task NoResponders_ThreeTimes_IsSentAgainAndStored()
    {
        await using var lane = new WindowLane();
        await lane.PublishAsync();
        for (int attempt = 1; attempt < 4; attempt++)
        {
            lane.NoResponders(lane.Sent[^1].ReplyTo);
            lane.Time.Advance(TimeSpan.FromMilliseconds(250));
            await Until.TrueAsync(() => lane.Sent.Count == attempt + 1, $"attempt {attempt + 1}");
        }

        lane.Sent.ShouldAllBe(sent => sent.ReplyTo == lane.Sent[0].ReplyTo && sent.Payload == "x" && sent.Subject == "a.b");
        lane.Confirm(lane.Sent[3].ReplyTo, 1);
        (await lane.Window.FlushAsync()).Stored.ShouldBe(1);
    }

    [Fact]
    public async Task NoResponders_FourTimes_SaysThatNoStreamCaptures()
    {
        await using var lane = new WindowLane();
        await lane.PublishAsync();
        for (int attempt = 1; attempt <= 4; attempt++)
        {
            lane.NoResponders(lane.Sent[^1].ReplyTo);
            lane.Time.Advance(TimeSpan.FromMilliseconds(250));
            await Until.TrueAsync(() => lane.Sent.Count == attempt + 1 || lane.Results.Count > 0, $"attempt {attempt + 1}");
        }

        lane.Results.ShouldHaveSingleItem().Error!.Message.ShouldStartWith("No stream captures 'a.b', so the message was not stored.");
    }

    [Fact]
    public async Task Silence_ForTheTimeout_SaysThatItMayBeStored()
    {
        await using var lane = new WindowLane();
        await lane.PublishAsync(id: "x");
        lane.Time.Advance(TimeSpan.FromSeconds(5));
        await Until.TrueAsync(() => lane.Results.Count == 1, "a result");
        lane.Results[0].Error.ShouldBeOfType<JetStreamTimeoutException>().Message.ShouldContain("within 5 s. It may have been stored");
        lane.Window.Pending.ShouldBe(0);
    }

    [Fact]
    public async Task Disconnect_WithId_IsSentAgain_WithoutIdFails()
    {
        await using var lane = new WindowLane();
        await lane.PublishAsync("a.plain", state: "plain");
        await lane.PublishAsync("a.id", id: "m1", state: "id");
        lane.Disconnect();
        await Until.TrueAsync(() => lane.Results.Count == 1, "the failure");
        lane.Results[0].State.ShouldBe("plain");
        lane.Results[0].Error.ShouldBeOfType<NatsConnectionException>().Message.ShouldContain("may have been stored");

        await lane.PublishAsync("a.queued", state: "queued"); // the connection keeps it and sends it after the reconnect
        lane.Time.Advance(TimeSpan.FromSeconds(29));
        lane.Reconnect();
        lane.Sent.Select(sent => sent.Subject).ShouldBe(["a.plain", "a.id", "a.queued", "a.id"]);
        lane.Sent[3].Headers!["Nats-Msg-Id"].ShouldBe("m1");
        lane.Confirm(lane.Sent[1].ReplyTo, 1, duplicate: true);
        lane.Confirm(lane.Sent[2].ReplyTo, 2);
        (await lane.Window.FlushAsync()).ShouldBe(new PublishSummary(Stored: 1, Duplicates: 1, Failed: 1));
    }

    [Fact]
    public async Task Disconnect_ForTooLong_FailsWithIdToo()
    {
        await using var lane = new WindowLane();
        await lane.PublishAsync(id: "m1");
        lane.Disconnect();
        lane.Time.Advance(TimeSpan.FromSeconds(30));
        await Until.TrueAsync(() => lane.Results.Count == 1, "the failure");
        lane.Results[0].Error!.Message.ShouldStartWith("The connection was away for longer than 30 s");
        lane.Reconnect();
        lane.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Outage_LongerThanTheTimeout_StartsTheTimeoutAnew()
    {
        await using var lane = new WindowLane();
        lane.Disconnect();
        await lane.PublishAsync();
        lane.Time.Advance(TimeSpan.FromSeconds(20));
        lane.Reconnect();
        await Task.Delay(250); // some ticks
        lane.Results.ShouldBeEmpty();
        lane.Confirm(lane.Sent[0].ReplyTo, 1);
        (await lane.Window.FlushAsync()).Stored.ShouldBe(1);
    }

    [Fact]
    public async Task Dispose_Pending_Fails_AndEndsTheWaitForRoom()
    {
        var lane = new WindowLane(maxPending: 1);
        await lane.PublishAsync();
        Task waiting = lane.PublishAsync();
        await lane.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(waiting);
        await Until.TrueAsync(() => lane.Results.Count == 1, "the failure");
        lane.Results[0].Error!.Message.ShouldContain("closed before the message to 'a.b' was confirmed");
        await Should.ThrowAsync<ObjectDisposedException>(lane.PublishAsync());
        await lane.DisposeAsync();
    }

    [Fact]
    public async Task Close_OfTheConnection_FailsWhatIsPending()
    {
        await using var lane = new WindowLane();
        await lane.PublishAsync(id: "m1");
        lane.Connection.Sink!.OnClosed(null);
        await Until.TrueAsync(() => lane.Results.Count == 1, "the failure");
    }

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, -1)]
    public void Options_OutOfRange_AreRefused(int pending, int bytes, int timeout, int outage) => Should.Throw<ArgumentOutOfRangeException>(() => new WindowLane(configure: _ => new PublishWindowOptions
    {
        MaxPending = pending,
        MaxPendingBytes = bytes,
        Timeout = TimeSpan.FromSeconds(timeout),
        OutageTimeout = TimeSpan.FromSeconds(outage),
    }));
}
