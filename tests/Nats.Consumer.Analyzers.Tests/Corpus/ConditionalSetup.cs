namespace SetupHere;
public sealed class JobConsumer(IReadOnlyDictionary<string, string> settings) : PullConsumer
{
    public override string StreamName => "jobs";
    public override IReadOnlyList<string> Subjects => ["jobs.*.queued"];
    protected override IEnumerable<StreamOperation> Setup()
    {
        if (settings.ContainsKey("legacy"))
            return [StreamOperation.CreateOrUpdate(new StreamConfig("jobs") { Subjects = ["legacy.jobs.>"] })];
        var config = new StreamConfig("jobs")
        {
            Subjects = ["jobs.>"],
            Retention = StreamRetention.WorkQueue,
            Storage = StreamStorage.File,
        };
        return settings.TryGetValue("replicas", out string? replicas) ? [StreamOperation.CreateOrUpdate(config with { Replicas = int.Parse(replicas) })] : [StreamOperation.CreateOrUpdate(config)];
    }
}
public sealed class JobHandler : ConsumerHandler
{
    [Handle("jobs.{id}.queued")]
    public Task OnQueuedAsync(long id) => Task.FromResult(id);
}
