using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nats.Consumer.Tests.Servers;

/// <summary>An application with consumers, made as users make theirs.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _ended;

    public Worker(string url, ConsumerSetup setup, Script? script = null, Action<NatsConsumersBuilder>? configure = null, Action<IServiceCollection>? services = null, Dictionary<string, string?>? settings = null)
    {
        Script = script ?? new Script();
        Setup = setup;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests" });
        builder.Logging.AddProvider(Log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton(setup).AddSingleton(Script);
        builder.Configuration.AddInMemoryCollection(settings);
        services?.Invoke(builder.Services);
        builder.AddNatsConsumers(nats =>
        {
            Transport.Use(AddConsumer(nats, setup.Kind), builder.Services, url);
            configure?.Invoke(nats);
        });
        _host = builder.Build();
    }

    public CapturedLog Log { get; } = new();

    public Script Script { get; }

    public ConsumerSetup Setup { get; }

    public IServiceProvider Services => _host.Services;

    public IJetStream JetStream => _host.Services.GetRequiredService<IJetStream>();

    /// <summary>Changes the configuration while it runs.</summary>
    public void Configure(params (string Key, string Value)[] values)
    {
        var root = (IConfigurationRoot)_host.Services.GetRequiredService<IConfiguration>();
        foreach ((string key, string value) in values)
            root[key] = value;
        root.Reload();
    }

    /// <summary>Starts, and waits until the consumer runs.</summary>
    public async Task<Worker> StartAsync()
    {
        await _host.StartAsync();
        await Until.TrueAsync(
            () => Task.FromResult(Log.Count("' as '") > 0 || Log.Count("cannot start") > 0), () => $"consuming. The log:\n{Log.Text}");
        Log.Text.ShouldNotContain("cannot start");
        return this;
    }

    /// <summary>The whole life of a process: its exit code.</summary>
    public Task<int> RunAsync(params string[] args)
    {
        _ended = true;
        return _host.RunNatsAsync(args);
    }

    /// <summary>It was run by somebody else.</summary>
    public void HasEnded() => _ended = true;

    /// <summary>Tells the application to end, as SIGTERM does.</summary>
    public void Stop() => _host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    private static NatsConsumersBuilder AddConsumer(NatsConsumersBuilder nats, ConsumerKind kind) => kind switch
    {
        ConsumerKind.Push => nats.AddConsumer<PushWorkConsumer>(),
        ConsumerKind.Ordered => nats.AddConsumer<OrderedWorkConsumer>(),
        _ => nats.AddConsumer<WorkConsumer>(),
    };

    /// <summary>Ends in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended)
            return;
        _ended = true;
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
