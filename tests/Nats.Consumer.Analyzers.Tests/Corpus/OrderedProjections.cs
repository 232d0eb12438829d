using System.Collections.Concurrent;

namespace Projections;

public sealed class BalanceProjection : OrderedConsumer
{
    public override string StreamName => "accounts";

    public override IReadOnlyList<string> Subjects => ["accounts.>"];

    public override DeliverPolicy DeliverPolicy => DeliverPolicy.ByStartTime;

    public override DateTimeOffset StartTime => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override int BatchSize => 1_000;

    public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.Terminate;
}

public sealed class Balances : ConsumerHandler
{
    private static readonly ConcurrentDictionary<string, decimal> Current = new();

    [Handle("accounts.{account}.credited")]
    public Task OnCreditedAsync(string account, decimal amount)
    {
        Current.AddOrUpdate(account, amount, (_, balance) => balance + amount);
        return Task.CompletedTask;
    }

    [Handle("accounts.{account}.debited")]
    public Task OnDebitedAsync(string account, decimal amount) => OnCreditedAsync(account, -amount);
}
