using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nats.Consumer.Client;
using Nats.Consumer.Hosting;

namespace Nats.Consumer;

/// <summary>What <c>AddNatsConsumers</c> can be told beyond its defaults.</summary>
public sealed class NatsConsumersBuilder
{
    internal OrderedDictionary<Type, Action<IServiceCollection>> Consumers { get; } = [];

    internal List<Assembly> Assemblies { get; } = [];

    internal List<Type> Middleware { get; } = [];

    internal List<Action<IServiceCollection>> Registrations { get; } = [];

    internal JsonSerializerOptions? Json { get; private set; }

    internal ConnectionRecipe Connection { get; } = new();

    internal Dictionary<string, ConnectionRecipe> Connections { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal Action<NatsOptions>? ConfigureOptions { get; private set; }

    /// <summary>Runs this consumer. As soon as one is named, only the named ones run; without, every consumer class of the application does.</summary>
    /// <typeparam name="TConsumer">The consumer class.</typeparam>
    public NatsConsumersBuilder AddConsumer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TConsumer>()
        where TConsumer : JetStreamConsumer
    {
        Consumers.TryAdd(typeof(TConsumer), static services => services.AddSingleton<JetStreamConsumer, TConsumer>());
        return this;
    }

    /// <summary>Looks for consumers and handlers in this assembly too. The application's own and those that it references are looked at anyway.</summary>
    public NatsConsumersBuilder AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        Assemblies.Add(assembly);
        return this;
    }

    /// <summary>Puts a middleware around the handlers of every message; the first one added is the outermost.</summary>
    /// <typeparam name="TMiddleware">Made by dependency injection, in the message's scope unless the application registers it otherwise.</typeparam>
    public NatsConsumersBuilder Use<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TMiddleware>()
        where TMiddleware : class, IConsumerMiddleware
    {
        Middleware.Add(typeof(TMiddleware));
        Registrations.Add(services => services.TryAddScoped<TMiddleware>());
        return this;
    }

    /// <summary>How payloads are written and read. The default is camelCase, reading without regard to case.</summary>
    public NatsConsumersBuilder UseJson(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Json = options;
        return this;
    }

    /// <summary>
    /// Payloads are written and read with this metadata and without reflection, as trimmed and ahead-of-time compiled applications need it: the <c>Default</c> of a
    /// <see cref="JsonSerializerContext"/>, or several combined by <see cref="JsonTypeInfoResolver.Combine(IJsonTypeInfoResolver[])"/>. Names are camelCase, read without regard
    /// to case; give <c>Default.Options</c> instead where the context's own options are to count.
    /// </summary>
    public NatsConsumersBuilder UseJson(IJsonTypeInfoResolver types)
    {
        ArgumentNullException.ThrowIfNull(types);
        Json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = types };
        return this;
    }

    /// <summary>Uses a connection of yours instead of the one made from the configuration. It is not disposed by the worker.</summary>
    public NatsConsumersBuilder UseConnection(Func<IServiceProvider, INatsConnection> connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Connection.Factory = connection;
        return this;
    }

    /// <summary>Uses a connection of yours for a name, instead of the one made from <c>Nats:Connections:NAME</c>. It is not disposed by the worker.</summary>
    /// <param name="name">The name, as consumers state it in <see cref="JetStreamConsumer.Connection"/>, and services by <c>[FromKeyedServices("NAME")]</c>. Case does not matter.</param>
    /// <param name="connection">Makes it.</param>
    public NatsConsumersBuilder UseConnection(string name, Func<IServiceProvider, INatsConnection> connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        RecipeOf(name).Factory = connection;
        return this;
    }

    /// <summary>Sets what the configuration does not know of the connection: TLS, nkeys, credentials files, signers, bounds. Called after the configuration was read.</summary>
    public NatsConsumersBuilder ConfigureConnection(Action<NatsConnectionOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Connection.Configure += configure;
        return this;
    }

    /// <summary>Sets what the configuration does not know of a named connection, its URL among it. Called after the configuration was read.</summary>
    /// <param name="name">The name, as consumers state it in <see cref="JetStreamConsumer.Connection"/>, and services by <c>[FromKeyedServices("NAME")]</c>. Case does not matter.</param>
    /// <param name="configure">Sets it.</param>
    public NatsConsumersBuilder ConfigureConnection(string name, Action<NatsConnectionOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        RecipeOf(name).Configure += configure;
        return this;
    }

    /// <summary>Sets options in code; they win over the configuration.</summary>
    public NatsConsumersBuilder Configure(Action<NatsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ConfigureOptions += configure;
        return this;
    }

    private ConnectionRecipe RecipeOf(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!Connections.TryGetValue(name, out ConnectionRecipe? recipe))
            Connections.Add(name, recipe = new ConnectionRecipe());
        return recipe;
    }
}
