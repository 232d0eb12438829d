namespace Streams;

public sealed class MetricsConsumer : PullConsumer
{
    public override string StreamName => "metrics";

    protected override IEnumerable<StreamOperation> Setup()
    {
        yield return StreamOperation.CreateOrUpdate(new StreamConfig("metrics")
        {
            Description = "Measurements of every service",
            Subjects = ["metrics.cpu.>", "metrics.memory.>", "metrics.disk.*.*"],
            Storage = StreamStorage.Memory,
            Retention = StreamRetention.Limits,
            Discard = StreamDiscard.Old,
            MaxAge = TimeSpan.FromHours(6),
            MaxBytes = 512L * 1024 * 1024,
            MaxMessagesPerSubject = 10_000,
            DuplicateWindow = TimeSpan.FromMinutes(2),
            Replicas = 3,
            AllowDirect = true,
            Metadata = new Dictionary<string, string> { ["owner"] = "platform" },
        });
        if (Environment.GetEnvironmentVariable("METRICS_ARCHIVE") is { Length: > 0 })
            yield return StreamOperation.CreateOrUpdate(new StreamConfig("metrics-archive") { Subjects = ["archive.metrics.>"] });
    }
}

public sealed class MetricsHandler : ConsumerHandler
{
    [Handle("metrics.cpu.{host}")]
    public Task OnCpuAsync(string host, double load) => Task.CompletedTask;

    [Handle("metrics.disk.{host}.{device}")]
    public Task OnDiskAsync(string host, string device, long free) => Task.CompletedTask;
}
