using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Fakes;
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
        string name = $"{Guid.NewGuid():N}";
        int reconnects = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Name == "nats.connection.reconnects")
                all.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => reconnects += tags.ToArray().Any(tag => name.Equals(tag.Value)) ? (int)value : 0);
        listener.Start();
        await using Worker worker = await WorkAsync(stream, nats => nats.Configure(options => options.ConnectionName = name));
        await BecomesAsync(worker, "ready", HealthStatus.Healthy);
        await server.Process.KillAsync();
        await BecomesAsync(worker, "ready", HealthStatus.Unhealthy);
        (await CheckAsync(worker, "live")).Status.ShouldBe(HealthStatus.Healthy);
        await server.Process.StartAgainAsync();
        await BecomesAsync(worker, "ready", HealthStatus.Healthy);
        await Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref reconnects) == 1), () => $"counted; {reconnects} are");
    }

    [Fact]
    public async Task Worker_DurableDeletedUnderneath_IsReadyOnceItsSuccessorIsThere()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await WorkAsync(stream);
        await BecomesAsync(worker, "ready", HealthStatus.Healthy);
        await stream.DeleteConsumerAsync();
        await Until.TrueAsync(async () => (await stream.ConsumerNamesAsync()).Contains("worker"), "the successor");
        await BecomesAsync(worker, "ready", HealthStatus.Healthy);
        await stream.PublishAsync("work.a");
        await worker.Script.CountAsync(1);
    }

    // What was handled could come again, which at most once forbids; a worker that cannot go on is not alive.
    [Fact]
    public async Task Worker_DurableDeletedUnderneathAtMostOnce_IsDead()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(setup => setup.Delivery = DeliveryMode.AtMostOnce, services: Checks);
        await BecomesAsync(worker, "live", HealthStatus.Healthy);
        await stream.DeleteConsumerAsync();
        await BecomesAsync(worker, "live", HealthStatus.Unhealthy);
        (await CheckAsync(worker, "live")).Description!.ShouldContain("WorkConsumer: consumer 'worker' of stream");
        (await CheckAsync(worker, "ready")).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task Worker_HandlerStuck_IsDegraded()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.a");
        using var gate = new SemaphoreSlim(0);
        var script = new Script(async (_, cancellationToken) =>
        {
            await gate.WaitAsync(cancellationToken);
            return Outcome.Ack;
        });
        // Ten minutes pass in a second; what has to answer in time gets more of it.
        await using Worker worker = await stream.WorkAsync(
            script: script,
            nats: nats => nats.Configure(options => options.RequestTimeout = options.ConnectTimeout = options.PingInterval = TimeSpan.FromHours(3)),
            services: services => Checks(services.AddSingleton<TimeProvider>(new FastTime(600))));
        await BecomesAsync(worker, "live", HealthStatus.Degraded);
        (await CheckAsync(worker, "live")).Description!.ShouldStartWith("A handler of WorkConsumer has been running for 1");
        gate.Release();
        await BecomesAsync(worker, "live", HealthStatus.Healthy);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Worker_SaturatedByRetries_IsDegraded()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(2);
        var script = new Script((_, _) => ValueTask.FromResult(Outcome.RetryAfter(TimeSpan.FromMinutes(5))));
        await using Worker worker = await stream.WorkAsync(setup => setup.MaxAckPending = 1, script, services: Checks);
        await BecomesAsync(worker, "ready", HealthStatus.Degraded, 30);
        (await CheckAsync(worker, "ready")).Description!.ShouldStartWith("WorkConsumer gets no messages, because as many as MaxAckPending allows are unsettled");
        (await CheckAsync(worker, "live")).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Worker_JetStreamOff_IsDead()
    {
        await using TestServer server = await TestServer.StartAsync(new NatsServerOptions { JetStream = false });
        await using var worker = new Worker(server.Url, new ConsumerSetup { Stream = "orders" }, services: Checks);
        await worker.Services.GetRequiredService<IHost>().StartAsync(TestContext.Current.CancellationToken);
        await BecomesAsync(worker, "live", HealthStatus.Unhealthy);
        (await CheckAsync(worker, "live")).Description!.ShouldStartWith("The worker has given up: JetStream is off on nats-server");
        (await CheckAsync(worker, "ready")).Status.ShouldBe(HealthStatus.Unhealthy);
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
        stream.WorkAsync(nats: nats, services: Checks);

    private static void Checks(IServiceCollection services) => services.AddHealthChecks().AddNatsConsumers();

    private static async Task<HealthReportEntry> CheckAsync(Worker worker, string tag)
    {
        HealthReport report = await worker.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains(tag));
        return report.Entries.ShouldHaveSingleItem().Value;
    }

    private static Task BecomesAsync(Worker worker, string tag, HealthStatus status, double seconds = 15) =>
        Until.TrueAsync(async () => (await CheckAsync(worker, tag)).Status == status, () => $"{tag} {status}", seconds);
}
