namespace Shop.Streams;

/// <summary>A work queue and a log of the same shop, side by side, and what the publishers write.</summary>
public static class Streams
{
    public static readonly StreamConfig Jobs = new("jobs") { Subjects = ["jobs.*.todo", "jobs.*.again"], Retention = StreamRetention.WorkQueue };

    public static readonly StreamConfig Log = new("log") { Subjects = ["log.>"], MaxAge = TimeSpan.FromDays(30) };
}

public sealed class JobConsumer : PullConsumer
{
    public override string StreamName => Streams.Jobs.Name;

    public override string? DurableName => "jobs-" + nameof(JobConsumer);

    public override int MaxDeliver => 6;

    public override TimeSpan AckWait => TimeSpan.FromMinutes(2);

    public override IReadOnlyList<TimeSpan> BackoffDelays { get; } = [.. Enumerable.Range(0, 5).Select(i => TimeSpan.FromSeconds(Math.Pow(2, i)))];

    protected override IEnumerable<StreamOperation> Setup()
    {
        yield return StreamOperation.CreateOrUpdate(Streams.Jobs);
        if (OperatingSystem.IsLinux())
            yield return StreamOperation.CreateOrUpdate(Streams.Log);
    }
}

public sealed class JobHandler(IJetStream stream) : ConsumerHandler
{
    [Handle("jobs.{kind}.todo")]
    public async Task OnTodoAsync(string kind, CancellationToken cancellationToken) => await stream.PublishAsync($"log.jobs.{kind}", kind, cancellationToken: cancellationToken);

    [Handle("jobs.{kind}.again")]
    public Task OnAgainAsync(string kind, MessageContext message, CancellationToken cancellationToken) =>
        kind == "never" ? message.TermAsync(cancellationToken: cancellationToken).AsTask() : OnTodoAsync(kind, cancellationToken);
}
