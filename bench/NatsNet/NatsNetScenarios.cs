using System.Buffers;
using System.Text;
using Nats.Consumer.EndToEnd.Measuring;
using Nats.Consumer.EndToEnd.Scenarios;
using Nats.Consumer.NatsNet;
using Core = NATS.Client.Core;

namespace Nats.Consumer.EndToEnd;

/// <summary>The same work by NATS.Net: below the runtime, below the adapter's interface, and by its own interface alone.</summary>
internal static class NatsNetScenarios
{
    public static async Task<Measurement> RunAsync(Lab lab, int count, int window)
    {
        await using Core.NatsConnection natsNet = Create(lab);
        return await RuntimeScenarios.PullAsync<SingletonHandler>(lab, count, window, nats => nats.UseNatsNet(natsNet));
    }

    public static Task<Measurement> PullAsync(Lab lab, int count, int window) => WithAdapterAsync(lab, adapter => ClientScenarios.PullAsync(lab, adapter, count, window));

    public static Task<Measurement> ReceiveAsync(Lab lab, int count) => WithAdapterAsync(lab, adapter => ClientScenarios.ReceiveAsync(lab, adapter, count));

    public static Task<Measurement> PublishAsync(Lab lab, int count) => WithAdapterAsync(lab, adapter => ClientScenarios.PublishAsync(lab, adapter, count));

    public static async Task<Measurement> PullBareAsync(Lab lab, int count, int window)
    {
        await lab.FillAsync(count);
        string durable = await lab.CreateDurableAsync();
        var meter = new Meter(lab, count);
        await using Core.NatsConnection natsNet = Create(lab);
        await natsNet.ConnectAsync();
        var subscription = new AckingSubscription(natsNet, $"_INBOX.bench.{durable}", meter, durable, window);
        await natsNet.AddSubAsync(subscription);
        await subscription.PullAsync();
        await meter.Done;
        await lab.WaitForAcksAsync(durable, count);
        Measurement measured = meter.Stop();
        await lab.DeleteDurableAsync(durable);
        return measured;
    }

    private static async Task<Measurement> WithAdapterAsync(Lab lab, Func<NatsNetConnection, Task<Measurement>> run)
    {
        await using Core.NatsConnection natsNet = Create(lab);
        await using var adapter = new NatsNetConnection(natsNet);
        await adapter.ConnectAsync();
        return await run(adapter);
    }

    private static Core.NatsConnection Create(Lab lab) => new(new Core.NatsOpts { Url = lab.Url });

    private sealed class AckingSubscription(Core.INatsConnection connection, string inbox, Meter meter, string durable, int window)
        : Core.NatsSubBase(connection, connection.SubscriptionManager, inbox, null, null)
    {
        private static readonly ReadOnlyMemory<byte> Ack = "+ACK"u8.ToArray();
        private readonly string _pull = $"$JS.API.CONSUMER.MSG.NEXT.{Lab.Stream}.{durable}";
        private int _requested;

        public ValueTask PullAsync()
        {
            byte[] body = Encoding.UTF8.GetBytes($$"""{"batch":{{window - _requested}},"expires":30000000000,"idle_heartbeat":5000000000}""");
            _requested = window;
            return Connection.PublishAsync(_pull, body, replyTo: Subject, serializer: Core.NatsRawSerializer<byte[]>.Default);
        }

        protected override async ValueTask ReceiveInternalAsync(string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, ReadOnlySequence<byte> payloadBuffer)
        {
            if (subject == Subject)
                return;
            meter.Count();
            if (--_requested <= window / 2)
                await PullAsync();
            await Connection.PublishAsync(replyTo!, Ack, serializer: Core.NatsRawSerializer<ReadOnlyMemory<byte>>.Default);
        }

        protected override void TryComplete()
        {
        }
    }
}
