using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Consuming;
using Nats.Consumer.Health;
using Nats.Consumer.Hosting;

namespace Nats.Consumer.Testing;

/// <summary>A worker in this process: the application's own registration, with the server, the clock and the probe put under it.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Flow _flow;
    private readonly HarnessProbe _probe;

    public WorkerHost(Action<HostApplicationBuilder> configure, string url, TimeProvider time, HarnessProbe probe, Journal journal, Flow flow)
    {
        (_flow, _probe) = (flow, probe);
        var settings = new ConfigurationManager();
        settings["hostBuilder:reloadConfigOnChange"] = "false"; // watching files takes something of the system for each worker
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { Configuration = settings });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time);
        configure(builder);

        builder.Configuration.AddInMemoryCollection([new("NATS_URL", url)]);
        builder.Services.RemoveAll<TimeProvider>();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IWorkerProbe>(probe);
        builder.Services.RemoveAll<IHostLifetime>();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>(); // the process's signals are the test runner's
        builder.Logging.AddProvider(new JournalLoggerProvider(journal, () => probe.IsDead));
        _host = builder.Build();
        if (_host.Services.GetService<WorkerHealth>() is not { } health)
            throw new ConsumerHarnessException("The application has no consumers. Call builder.AddNatsConsumers() in what StartAsync is given.");
        Health = health;
        _host.Services.GetRequiredService<ILoggerFactory>(); // what loggers have of their own begins outside of the flow
    }

    public IServiceProvider Services => _host.Services;

    public WorkerHealth Health { get; }

    public ServerLinks Links => Services.GetRequiredService<ServerLinks>();

    public Task StartAsync() => _flow.RunAsync(() => _host.StartAsync());

    /// <summary>Drains, as a worker that is told to stop.</summary>
    public Task StopAsync() => _flow.RunAsync(() => _host.StopAsync());

    /// <summary>Leaves what remains of a worker that was killed to its end. Nobody sees what it still does.</summary>
    public Task AbandonAsync()
    {
        _probe.IsDead = true;
        return _flow.RunAsync(async () =>
        {
            foreach (ServerLink link in Links.All)
                await link.Connection.DisposeAsync().ConfigureAwait(false);
            await _host.StopAsync(new CancellationToken(true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
    }

    public async ValueTask DisposeAsync()
    {
        _probe.IsDead = true;
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync().ConfigureAwait(false);
        else
            _host.Dispose();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
