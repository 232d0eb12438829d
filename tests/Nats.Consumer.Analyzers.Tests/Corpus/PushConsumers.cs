namespace Pushed;

public sealed class PriceConsumer : PushConsumer
{
    public override string StreamName => "prices";

    public override IReadOnlyList<string> Subjects => ["prices.*"];

    public override string DeliverSubject => "deliver.prices";

    public override int MaxAckPending => 5_000;

    public override DeliverPolicy DeliverPolicy => DeliverPolicy.LastPerSubject;

    public override TimeSpan? InactiveThreshold => TimeSpan.FromHours(1);
}

public sealed class PriceHandler : ConsumerHandler
{
    [Handle("prices.{symbol}")]
    public ValueTask OnPriceAsync(string symbol, decimal price) => ValueTask.CompletedTask;
}
