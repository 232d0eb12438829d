using System.Text;
using BenchmarkDotNet.Attributes;
using Nats.Consumer.Client;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Benchmarks;

/// <summary>Queuing an ack, per ack; what is queued is taken after every 500. The baseline copies ready-made bytes.</summary>
public class OutboxBenchmarks
{
    private const int Acks = 500;

    private readonly byte[] _replyTo = Encoding.UTF8.GetBytes(Deliveries.ReplyTo(1));
    private readonly byte[] _command = Encoding.UTF8.GetBytes($"PUB {Deliveries.ReplyTo(1)} 4\r\n+ACK\r\n");
    private readonly byte[] _target = new byte[64 * 1024];
    private readonly Outbox _outbox = new(8 * 1024 * 1024, TimeSpan.FromSeconds(30), TimeProvider.System);

    [GlobalSetup]
    public void Connect() => _outbox.Resume([]);

    [Benchmark(Baseline = true, OperationsPerInvoke = Acks)]
    public int Copy()
    {
        int length = 0;
        for (int i = 0; i < Acks; i++)
        {
            _command.CopyTo(_target.AsSpan(length));
            length += _command.Length;
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = Acks)]
    public int Publish() => Publish(TimeSpan.Zero);

    [Benchmark(OperationsPerInvoke = Acks)]
    public int PublishWithTimeToSend() => Publish(TimeSpan.FromSeconds(30));

    private int Publish(TimeSpan timeToSend)
    {
        for (int i = 0; i < Acks; i++)
            _outbox.PublishAsync(new OutgoingMessage { Subject = _replyTo, Payload = "+ACK"u8, TimeToSend = timeToSend }, default).GetAwaiter().GetResult();
        _outbox.TryTake(out ReadOnlyMemory<byte> batch);
        return batch.Length;
    }
}
