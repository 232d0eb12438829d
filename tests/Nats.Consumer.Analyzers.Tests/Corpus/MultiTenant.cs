namespace Tenants;

public sealed class TenantConsumer(string tenant) : PullConsumer
{
    public override string Name => $"Tenant {tenant}";

    public override string StreamName => $"tenant-{tenant}";

    public override IReadOnlyList<string> Subjects => [$"tenants.{tenant}.>"];

    public override string? DurableName => "worker";

    protected override IEnumerable<StreamOperation> Setup() =>
        [StreamOperation.CreateOrUpdate(new StreamConfig($"tenant-{tenant}") { Subjects = [$"tenants.{tenant}.>"] })];
}

public sealed class TenantHandler(IJetStream jetStream) : ConsumerHandler
{
    [Handle("tenants.{tenant}.created")]
    public async Task OnCreatedAsync(string tenant, CancellationToken cancellationToken) =>
        await jetStream.PublishAsync($"tenants.{tenant}.welcomed", DateTimeOffset.UnixEpoch, cancellationToken: cancellationToken);

    [Handle("tenants.{tenant}.users.{user}")]
    public Task OnUserAsync(string tenant, Guid user) => Task.CompletedTask;
}
