using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Nats.Consumer.Configuration;
using Nats.Consumer.Handling;
using Nats.Consumer.Health;
using Nats.Consumer.Hosting;
using Nats.Consumer.Migration;
using Nats.Consumer.Payloads;

namespace Nats.Consumer;

/// <summary>Adds consumers to an application.</summary>
public static class NatsConsumersExtensions
{
    /// <summary>
    /// Adds every consumer and handler of the application, the connections of section <c>Nats</c> of the configuration, and <see cref="IJetStream"/>; that of a named connection by
    /// <c>[FromKeyedServices("NAME")]</c>.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="configure">What is not as usual.</param>
    public static TBuilder AddNatsConsumers<TBuilder>(this TBuilder builder, Action<NatsConsumersBuilder>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var nats = new NatsConsumersBuilder();
        configure?.Invoke(nats);

        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<NatsOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.Problem = OptionSettingTable.Bind(configuration, options);
            nats.ConfigureOptions?.Invoke(options);
        });
        services.AddSingleton(new PayloadSerializer(nats.Json));
        services.AddSingleton(new HandlerLifetimes(services));
        services.AddSingleton(new MiddlewareTypes(nats.Middleware));
        nats.Registrations.ForEach(register => register(services));
        services.AddSingleton(provider => new ServerLinks(provider, nats.Connection, nats.Connections));
        services.TryAddSingleton(provider => provider.GetRequiredService<ServerLinks>().Default.Made);
        services.TryAddKeyedSingleton(KeyedService.AnyKey, (provider, name) => provider.GetRequiredService<ServerLinks>().Find(name).Made);
        services.AddSingleton(provider => provider.GetRequiredService<ServerLinks>().Default.JetStream);
        services.AddKeyedSingleton(KeyedService.AnyKey, (provider, name) => provider.GetRequiredService<ServerLinks>().Find(name).JetStream);
        AddFound(services, nats);
        services.AddSingleton(provider => new ConsumerConfiguration(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new ConsumerSet(
            ConsumersOf(provider),
            provider.GetRequiredService<IHandlerCatalog>(),
            provider.GetRequiredService<PayloadSerializer>(),
            provider.GetRequiredService<IHostEnvironment>(),
            provider.GetRequiredService<ConsumerConfiguration>()));
        services.AddSingleton<WorkerResult>();
        services.AddSingleton<WorkerHealth>();
        services.AddHostedService<LivenessBeacon>();
        services.AddHostedService<NatsWorker>();
        services.AddOptions<HostOptions>().Configure<IOptions<NatsOptions>>((host, options) =>
        {
            // The host must not cut the drain short.
            TimeSpan needed = options.Value.ShutdownTimeout + TimeSpan.FromSeconds(5);
            if (host.ShutdownTimeout < needed)
                host.ShutdownTimeout = needed;
        });
        return builder;
    }

    private static IEnumerable<JetStreamConsumer> ConsumersOf(IServiceProvider provider)
    {
        try
        {
            return provider.GetServices<JetStreamConsumer>();
        }
        catch (InvalidOperationException e)
        {
            throw new ConsumerConfigurationException($"A consumer class cannot be made: {e.Message} What its constructor takes must be registered, as by builder.Services.AddSingleton<…>().", e);
        }
    }

    private static void AddFound(IServiceCollection services, NatsConsumersBuilder nats)
    {
        var finder = new HandlerFinder();
        if (Assembly.GetEntryAssembly() is { } entry)
            finder.AddApplication(entry);
        foreach (Assembly assembly in nats.Assemblies.Concat(nats.Consumers.Keys.Select(type => type.Assembly)))
            finder.AddAssembly(assembly);

        var catalog = new HandlerCatalog(finder);
        services.AddSingleton<IHandlerCatalog>(provider => new ConventionCatalog(catalog, provider));
        catalog.AddHandlersTo(services);
        if (nats.Consumers.Count == 0)
            catalog.AddConsumersTo(services);
        foreach (Action<IServiceCollection> register in nats.Consumers.Values)
            register(services);
    }
}
