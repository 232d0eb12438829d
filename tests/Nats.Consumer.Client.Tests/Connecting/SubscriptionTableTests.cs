using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class SubscriptionTableTests
{
    private readonly Outbox _outbox = new(64 * 1024, TimeSpan.FromSeconds(30), new ManualTime());
    private readonly PingQueue _pings;
    private readonly SubscriptionTable _table;

    public SubscriptionTableTests()
    {
        _pings = new PingQueue(_outbox);
        _table = new SubscriptionTable(_outbox, _pings, maxPendingBytes: 1024 * 1024, onSinkError: _ => { });
    }

    [Fact]
    public async Task Subscriptions_MadeBeforeTheConnect_GoFirst()
    {
        _table.Add("b", null, new RecordingSink());
        await _outbox.Put("queued");
        _table.Add("a", "workers", new RecordingSink());
        _table.Restore();
        _outbox.Take().ShouldBe(["SUB b 1", "SUB a workers 2", "queued"]);
    }

    [Fact]
    public async Task Subscription_Disposed_IsUnsubscribedAndClosedOnce()
    {
        _table.Restore();
        var sink = new RecordingSink();
        Subscription subscription = _table.Add("a", null, sink);
        await subscription.DisposeAsync();
        await subscription.DisposeAsync();
        await subscription.DrainAsync();
        _outbox.Take().ShouldBe(["SUB a 1", "UNSUB 1"]);
        _table.Find(1).ShouldBeNull();
        (await sink.Closed.WithinDeadline()).ShouldBeNull();
        sink.Closings.ShouldBe(1);
    }

    [Fact]
    public async Task Drain_DuringAnOutage_EndsTheSubscriptionAndItIsNotRestored()
    {
        var sink = new RecordingSink();
        Subscription subscription = _table.Add("a", null, sink);
        await Should.ThrowAsync<NatsConnectionException>(subscription.DrainAsync().WithinDeadline());
        sink.Closings.ShouldBe(1);
        _table.Restore();
        _outbox.Take().ShouldBeEmpty();
    }

    [Fact]
    public void Subscription_RemovedWhileTheSessionOpens_DoesNotStayOnTheServer()
    {
        for (int round = 0; round < 3000; round++)
        {
            Subscription subscription = _table.Add("a", null, new RecordingSink());
            using var start = new Barrier(2);
            Parallel.Invoke(
                () =>
                {
                    start.SignalAndWait();
                    _table.Restore();
                },
                () =>
                {
                    start.SignalAndWait();
                    _table.Remove(subscription);
                });
            List<string> sent = _outbox.Take();
            if (sent.Count > 0)
                sent.ShouldBe([$"SUB a {subscription.Id}", $"UNSUB {subscription.Id}"]);
            _outbox.Pause();
        }
    }

    [Fact]
    public async Task Table_Closed_ClosesEverySinkEvenWhenOneThrows()
    {
        var first = new RecordingSink();
        var last = new RecordingSink();
        _table.Add("a", null, first);
        _table.Add("b", null, new ThrowingSink());
        _table.Add("c", null, last);
        var reason = new NatsAuthenticationException("refused");
        Record.Exception(() => _table.Close(reason)).ShouldBeNull();
        (await first.Closed.WithinDeadline()).ShouldBe(reason);
        (await last.Closed.WithinDeadline()).ShouldBe(reason);
        Should.Throw<NatsConnectionException>(() => _table.Add("d", null, first));
    }

    private sealed class ThrowingSink : INatsMessageSink
    {
        public ValueTask OnMessageAsync(in ReceivedMessage message) => ValueTask.CompletedTask;

        public void OnClosed(Exception? reason) => throw new InvalidOperationException("a sink's own fault");
    }
}
