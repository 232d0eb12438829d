namespace Delivery;

public sealed class TelemetryConsumer : PullConsumer
{
    public override string StreamName => "telemetry";

    public override DeliveryMode Delivery => DeliveryMode.AtMostOnce;

    public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.Terminate;
}

public sealed class TransferConsumer : PullConsumer
{
    public override string StreamName => "transfers";

    public override DeliveryMode Delivery => DeliveryMode.ExactlyOnce;

    public override int MaxDeliver => 10;
}

public sealed class TransferHandler : ConsumerHandler
{
    [Handle("transfers.requested")]
    public async Task OnRequestedAsync(Transfer transfer, MessageContext message, CancellationToken cancellationToken)
    {
        await message.PublishAsync($"ledger.{transfer.From}", -transfer.Amount, cancellationToken: cancellationToken);
        await message.PublishAsync($"ledger.{transfer.To}", transfer.Amount, cancellationToken: cancellationToken);
    }
}

public sealed class TelemetryHandler : ConsumerHandler
{
    [Handle("telemetry.>")]
    public ValueTask OnTelemetryAsync(ReadOnlyMemory<byte> sample) => ValueTask.CompletedTask;
}

public sealed record Transfer(string From, string To, decimal Amount);
