using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory;

namespace Nats.Consumer.Hosting;

/// <summary>Makes the worker's connection, and disposes it if it made it.</summary>
internal sealed class NatsConnectionProvider : IAsyncDisposable
{
    private readonly bool _owned;

    /// <exception cref="ConsumerConfigurationException">The options cannot be used.</exception>
    public NatsConnectionProvider(IServiceProvider services, Func<IServiceProvider, INatsConnection>? factory, Action<NatsConnectionOptions>? configure)
    {
        _owned = factory is null;
        Connection = factory?.Invoke(services) ?? Create(services, configure);
    }

    public INatsConnection Connection { get; }

    public ValueTask DisposeAsync() => _owned ? Connection.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>Whether the server lives in this process, so that its streams are there only if the worker makes them.</summary>
    public bool IsInMemory { get; private set; }

    private INatsConnection Create(IServiceProvider services, Action<NatsConnectionOptions>? configure)
    {
        NatsOptions options = services.GetRequiredService<IOptions<NatsOptions>>().Value;
        if (options.Problem is { } problem)
            throw problem;
        try
        {
            var connection = new NatsConnectionOptions
            {
                Url = options.Url,
                Username = options.Username,
                Password = options.Password,
                Token = options.Token,
                CredentialsFile = options.CredentialsFile,
                NKeySeed = options.NKeySeed,
                Tls = options.Tls,
                InboxPrefix = options.InboxPrefix,
                ConnectTimeout = options.ConnectTimeout,
                PingInterval = options.PingInterval,
                MaxReconnectDelay = options.MaxReconnectDelay,
                Name = options.ConnectionName ?? services.GetRequiredService<IHostEnvironment>().ApplicationName,
                TimeProvider = services.GetRequiredService<TimeProvider>(),
                LoggerFactory = services.GetRequiredService<ILoggerFactory>(),
            };
            configure?.Invoke(connection);
            return MemoryUrl.NameIn(connection.Url) is { } name ? CreateInMemory(name, connection) : new NatsConnection(connection);
        }
        catch (ArgumentException e)
        {
            throw new ConsumerConfigurationException(InWordsOfTheConfiguration(e), e);
        }
    }

    // NatsConnectionOptions.Password is Nats:Password to whoever configures it.
    private static string InWordsOfTheConfiguration(ArgumentException error)
    {
        string message = error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
        string told = message
            .Replace($"{nameof(NatsConnectionOptions)}.", $"{NatsOptions.Section}:", StringComparison.Ordinal)
            .Replace($"{nameof(NatsTlsOptions)}.", $"{NatsOptions.Section}:Tls:", StringComparison.Ordinal);
        return told != message ? told : $"The section '{NatsOptions.Section}' or NATS_URL cannot be used: {message}";
    }

    private INatsConnection CreateInMemory(string name, NatsConnectionOptions connection)
    {
        IsInMemory = true;
        var options = new InMemoryJetStreamOptions { TimeProvider = connection.TimeProvider, LoggerFactory = connection.LoggerFactory };
        var server = InMemoryJetStream.Named(name, options);
        Log.InMemory(connection.LoggerFactory.CreateLogger("Nats.Consumer"), name, server.Version.Text);
        return server.CreateConnection();
    }
}
