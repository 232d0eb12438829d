using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Health;

/// <summary>Health is true: green only while messages are consumed.</summary>
[Trait("Category", "Server")]
public class HealthServerTests
{
    [Fact]
    public async Task Worker_ServerGoesAndComes_IsNotReadyMeanwhile()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await WorkAsync(stream);
        await BecomesAsync(worker, "ready", HealthStatus.Healthy);
        await server.Process.KillAsync();
        await BecomesAsync(worker, "ready", HealthStatus.Unhealthy);
        (await CheckAsync(worker, "live")).Status.ShouldBe(HealthStatus.Healthy);
        await server.Process.StartAgainAsync();
        await BecomesAsync(worker, "ready", HealthStatus.Healthy);
    }

    [Fact]
    public async Task Worker_StreamDeletedUnderneath_IsNotReady()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await WorkAsync(stream);
        await BecomesAsync(worker, "ready", HealthStatus.Healthy);
        await server.Api.DeleteStreamAsync(stream.Name, CancellationToken.None);
        await BecomesAsync(worker, "ready", HealthStatus.Unhealthy);
        HealthReportEntry entry = await CheckAsync(worker, "ready");
        entry.Description!.ShouldStartWith("WorkConsumer gets no messages: ");
    }

    [Fact]
    public async Task Liveness_ByFile_ShowsThatTheWorkerLives()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        string file = Path.Combine(Path.GetTempPath(), $"alive-{Guid.NewGuid():N}");
        await using (Worker worker = await WorkAsync(stream, nats => nats.Configure(options => options.LivenessFile = file)))
        {
            await Until.TrueAsync(() => Task.FromResult(File.Exists(file)), () => "the file is there");
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe("Healthy: The worker is alive.\n");
        }

        File.Exists(file).ShouldBeFalse();
    }

    private static Task<Worker> WorkAsync(TestStream stream, Action<NatsConsumersBuilder>? nats = null) =>
        stream.WorkAsync(nats: nats, services: services => services.AddHealthChecks().AddNatsConsumers());

    private static async Task<HealthReportEntry> CheckAsync(Worker worker, string tag)
    {
        HealthReport report = await worker.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains(tag));
        return report.Entries.ShouldHaveSingleItem().Value;
    }

    private static Task BecomesAsync(Worker worker, string tag, HealthStatus status) =>
        Until.TrueAsync(async () => (await CheckAsync(worker, tag)).Status == status, () => $"{tag} {status}", 15);
}
