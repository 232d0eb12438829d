namespace Batches;

public sealed record Reading(string Sensor, double Value);

public sealed class ReadingConsumer : PullConsumer
{
    public override string StreamName => "readings";

    public override IReadOnlyList<string> Subjects => ["readings.>"];

    public override IReadOnlyList<Type> Handlers => [typeof(ReadingHandler)];

    public override int MaxMessages => 500;

    public override TimeSpan MaxWait => TimeSpan.FromMilliseconds(250);

    public override int BatchSize => 2 * MaxMessages;
}

public sealed class ReadingHandler(IReadings readings) : ConsumerHandler
{
    [Handle("readings.{sensor}.measured")]
    public async Task<IReadOnlyList<Outcome>> OnMeasuredAsync(IReadOnlyList<Message<Reading>> batch, CancellationToken cancellationToken)
    {
        bool[] stored = await readings.StoreAsync([.. batch.Select(message => message.Value)], cancellationToken);
        return [.. stored.Select(done => done ? Outcome.Ack : Outcome.Retry)];
    }

    [Handle("readings.raw")]
    public async ValueTask OnRawAsync(IReadOnlyList<MessageContext> batch, CancellationToken cancellationToken)
    {
        foreach (MessageContext message in batch)
            await readings.AppendAsync(message.Payload, cancellationToken);
    }
}

public interface IReadings
{
    Task<bool[]> StoreAsync(IReadOnlyList<Reading> readings, CancellationToken cancellationToken);

    ValueTask AppendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
