using Nats.Consumer;

namespace Orders;

public sealed class OrderConsumer : PullConsumer
{
    public override string StreamName => "orders";

    public override IReadOnlyList<string> Subjects => ["orders.>"];

    public override int MaxDeliver => 3;

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    protected override IEnumerable<StreamOperation> Setup() =>
        [StreamOperation.CreateOrUpdate(new StreamConfig("orders") { Subjects = ["orders.>"], MaxAge = TimeSpan.FromHours(1) })];
}
