namespace Jobs;

public sealed class JobConsumer : PullConsumer
{
    public override string StreamName => "jobs";

    public override IReadOnlyList<string> Subjects => ["jobs.{kind}.{priority}"];

    public override int Concurrency => Environment.ProcessorCount;

    public override int BatchSize => 2 * Concurrency;

    public override int MaxAckPending => 200;

    public override TimeSpan AckWait => TimeSpan.FromMinutes(2);

    protected override IEnumerable<StreamOperation> Setup() =>
    [
        StreamOperation.CreateOrUpdate(new StreamConfig("jobs")
        {
            Subjects = ["jobs.*.*"],
            Retention = StreamRetention.WorkQueue,
            Discard = StreamDiscard.New,
        }),
    ];
}

public sealed class JobHandler : ConsumerHandler
{
    [Handle("jobs.resize.*")]
    public Task OnResizeAsync(ResizeJob job, CancellationToken ct) => Task.Delay(job.Width, ct);

    [Handle("jobs.{kind}.low")]
    public Task<Outcome> OnLowAsync(string kind) => Task.FromResult(kind == "mail" ? Outcome.Ack : Outcome.Retry);
}

public sealed record ResizeJob(string Path, int Width);
