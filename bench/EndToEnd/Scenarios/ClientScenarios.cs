using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.EndToEnd.Measuring;
using Nats.Consumer.EndToEnd.Raw;

namespace Nats.Consumer.EndToEnd.Scenarios;

/// <summary>The client alone.</summary>
internal static class ClientScenarios
{
    public static async Task<Measurement> PullAsync(Lab lab, int count, int window)
    {
        await using NatsConnection connection = await Lab.ConnectAsync(lab.Url);
        return await PullAsync(lab, connection, count, window);
    }

    public static async Task<Measurement> PullAsync(Lab lab, INatsConnection connection, int count, int window)
    {
        await lab.FillAsync(count);
        string durable = await lab.CreateDurableAsync();
        var meter = new Meter(lab, count);
        var sink = new AckingSink(connection, meter, durable, window);
        await using INatsSubscription subscription = await connection.SubscribeAsync(sink.Inbox, sink);
        sink.Pull();
        await meter.Done;
        await lab.WaitForAcksAsync(durable, count);
        Measurement measured = meter.Stop();
        await lab.DeleteDurableAsync(durable);
        return measured;
    }

    public static async Task<Measurement> ReceiveAsync(Lab lab, int count)
    {
        await using NatsConnection connection = await Lab.ConnectAsync(lab.Url);
        return await ReceiveAsync(lab, connection, count);
    }

    public static async Task<Measurement> ReceiveAsync(Lab lab, INatsConnection connection, int count)
    {
        Blaster blaster = lab.StartBlaster("blast.orders.created");
        var meter = new Meter(lab, count, blaster.ProcessId);
        await using INatsSubscription subscription = await connection.SubscribeAsync("blast.>", new CountingSink(meter));
        await connection.FlushAsync();
        blaster.Publish(count);
        await meter.Done;
        return meter.Stop();
    }

    public static async Task<Measurement> PublishAsync(Lab lab, int count)
    {
        await using NatsConnection connection = await Lab.ConnectAsync(lab.Url);
        return await PublishAsync(lab, connection, count);
    }

    public static async Task<Measurement> PublishAsync(Lab lab, INatsConnection connection, int count)
    {
        var meter = new Meter(lab, count);
        for (int i = 0; i < count; i++)
        {
            await connection.PublishAsync("nobody.orders.created", Lab.Payload);
            meter.Count();
        }

        await connection.FlushAsync();
        return meter.Stop();
    }

    private sealed class CountingSink(Meter meter) : INatsMessageSink
    {
        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            meter.Count();
            return ValueTask.CompletedTask;
        }

        public void OnClosed(Exception? reason)
        {
        }
    }

    private sealed class AckingSink(INatsConnection connection, Meter meter, string durable, int window) : INatsMessageSink
    {
        private readonly byte[] _pull = Encoding.UTF8.GetBytes($"$JS.API.CONSUMER.MSG.NEXT.{Lab.Stream}.{durable}");
        private readonly byte[] _inbox = Encoding.UTF8.GetBytes(connection.NewInbox());
        private int _requested;

        public string Inbox => Encoding.UTF8.GetString(_inbox);

        public void Pull()
        {
            byte[] body = Encoding.UTF8.GetBytes($$"""{"batch":{{window - _requested}},"expires":30000000000,"idle_heartbeat":5000000000}""");
            _requested = window;
            _ = connection.PublishAsync(new OutgoingMessage { Subject = _pull, ReplyTo = _inbox, Payload = body }).AsTask();
        }

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            meter.Count();
            if (--_requested <= window / 2)
                Pull();
            return connection.PublishAsync(new OutgoingMessage { Subject = message.ReplyTo, Payload = "+ACK"u8 });
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
