namespace Ledger;

public sealed class LedgerHandler : ConsumerHandler
{
    [Handle("ledger.entries.{account}")]
    public Task OnEntryAsync(string account, MessageContext message) => message.DeliveryCount > 1 && account.Length == 0 ? Task.FromException(new InvalidDataException()) : Task.CompletedTask;
}

public sealed class LedgerConsumer : PullConsumer
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    public override string StreamName => "ledger";

    public override IReadOnlyList<string> Subjects => ["ledger.entries.{account}"];

    public override IReadOnlyList<TimeSpan> BackoffDelays => Pauses;

    public override int MaxDeliver => Pauses.Length + 1;

    public override string? OrderBy => "account";

    protected override IEnumerable<StreamOperation> Setup()
    {
        yield return StreamOperation.CreateOrUpdate(new StreamConfig(StreamName)
        {
            Subjects = ["ledger.entries.*", "ledger.closings.>"],
            MaxAge = TimeSpan.FromDays(30),
        });
    }
}
