using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>An ordered consumer missed a message that was lost on its way only when the next one came: the last message of the day was seen the next morning.</summary>
[Trait("Category", "Server")]
[Trait("Client", "BuiltIn")]
public class LostTailTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task LastMessage_IsLostOnItsWay_ComesWithTheNextHeartbeat()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(3);
        await using var connection = new LossyConnection(new NatsConnection(new NatsConnectionOptions { Url = server.Url }), ".2");
        await using Worker worker = await stream.WorkAsync(setup => setup.Kind = ConsumerKind.Ordered, nats: nats => nats.UseConnection(_ => connection));
        await worker.Script.CountAsync(3, 20);
        worker.Script.Seen.Select(seen => seen.Subject).ShouldBe(["work.0", "work.1", "work.2"]);
        worker.Log.Text.ShouldContain("message 3 was expected, and the server has delivered 3");
    }

    /// <summary>Loses the first message whose subject ends like this.</summary>
    private sealed class LossyConnection(INatsConnection inner, string lost) : INatsConnection
    {
        private int _lost;

        public event Action<NatsConnectionEvent>? Changed
        {
            add => inner.Changed += value;
            remove => inner.Changed -= value;
        }

        public NatsConnectionState State => inner.State;

        public NatsServerInfo? ServerInfo => inner.ServerInfo;

        public ValueTask ConnectAsync(CancellationToken cancellationToken = default) => inner.ConnectAsync(cancellationToken);

        public string NewInbox() => inner.NewInbox();

        public ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken = default) => inner.PublishAsync(message, cancellationToken);

        public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default) => inner.RequestAsync(request, timeout, cancellationToken);

        public ValueTask<INatsSubscription> SubscribeAsync(string subject, INatsMessageSink sink, string? queueGroup = null, CancellationToken cancellationToken = default) =>
            inner.SubscribeAsync(subject, new LossySink(this, sink), queueGroup, cancellationToken);

        public ValueTask FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        public ValueTask DrainAsync(CancellationToken cancellationToken = default) => inner.DrainAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private bool Loses(in ReceivedMessage message) => System.Text.Encoding.UTF8.GetString(message.Subject).EndsWith(lost, StringComparison.Ordinal) && Interlocked.Exchange(ref _lost, 1) == 0;

        private sealed class LossySink(LossyConnection connection, INatsMessageSink inner) : INatsMessageSink
        {
            public ValueTask OnMessageAsync(in ReceivedMessage message) =>
                message.ReplyTo.StartsWith("$JS.ACK"u8) && connection.Loses(message) ? ValueTask.CompletedTask : inner.OnMessageAsync(message);

            public void OnClosed(Exception? reason) => inner.OnClosed(reason);
        }
    }
}
