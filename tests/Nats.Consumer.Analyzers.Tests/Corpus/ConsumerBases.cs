namespace Bases;

public abstract class CompanyConsumer : PullConsumer
{
    public override string StreamName => "company";

    public override int MaxDeliver => 12;

    public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.DeadLetter;

    protected abstract string Team { get; }

    public override string DurableName => $"company-{Team}";
}

public sealed class PayrollConsumer : CompanyConsumer
{
    protected override string Team => "payroll";

    public override IReadOnlyList<string> Subjects => ["company.payroll.>"];

    public override IReadOnlyList<TimeSpan> BackoffDelays =>
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(16),
        TimeSpan.FromSeconds(32), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2),
    ];
}

public sealed class TravelConsumer : CompanyConsumer
{
    protected override string Team => "travel";

    public override IReadOnlyList<string> Subjects => ["company.travel.>"];
}

public abstract class SingleHandlerConsumer<THandler> : PullConsumer
    where THandler : ConsumerHandler
{
    public override IReadOnlyList<Type> Handlers => [typeof(THandler)];
}

public sealed class CanteenConsumer : SingleHandlerConsumer<CanteenHandler>
{
    public override string StreamName => "canteen";
}

public sealed class CanteenHandler : ConsumerHandler
{
    [Handle("canteen.opened")]
    public Task OnOpenedAsync() => Task.CompletedTask;
}
