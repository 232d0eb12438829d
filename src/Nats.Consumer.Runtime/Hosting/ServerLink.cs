using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Prefixing;

namespace Nats.Consumer.Hosting;

/// <summary>A connection of the application, and what works on it; each made when something asks for it first.</summary>
internal sealed class ServerLink : IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly ConnectionRecipe _recipe;
    private readonly Lazy<INatsConnection> _made;
    private readonly Lazy<INatsConnection> _connection;
    private readonly Lazy<JetStreamApi> _api;
    private readonly Lazy<JetStreamPublisher> _publisher;
    private readonly Lazy<IJetStream> _jetStream;
    private bool _isInMemory;

    public ServerLink(IServiceProvider services, string? name, NatsConnectionSettings settings, ConnectionRecipe recipe)
    {
        (_services, Name, Settings, _recipe) = (services, name, settings, recipe);
        _made = new(() => Prefixed(recipe.Factory?.Invoke(services) ?? Create()));
        _connection = new(() => name is null ? Prefixed(Get<INatsConnection>()) : Made);
        _api = new(() => new JetStreamApi(Connection, settings.RequestTimeout));
        _publisher = new(() => new JetStreamPublisher(Connection, Get<PayloadSerializer>(), settings.RequestTimeout, Get<TimeProvider>()));
        _jetStream = new(() => new JetStreamClient(Api, Publisher, Get<PayloadSerializer>(), Get<TimeProvider>(), Get<ILoggerFactory>(), Gate));
    }

    /// <summary><see langword="null"/> for the default connection.</summary>
    public string? Name { get; }

    /// <summary>What it is called in sentences.</summary>
    public string Title => Name is null ? "the default connection" : $"connection '{Name}'";

    public NatsConnectionSettings Settings { get; }

    /// <summary>What says where the server is.</summary>
    public string UrlSetting => $"{(Name is null ? "NATS_URL or " : "")}{SectionPath}:Url";

    /// <summary>The name that the server and metrics know.</summary>
    public string ConnectionName => Settings.ConnectionName ?? Get<IHostEnvironment>().ApplicationName + (Name is null ? "" : $"-{Name}");

    /// <summary>Closed while the worker sets up by this connection.</summary>
    public SetupGate Gate { get; } = new();

    /// <summary>The connection that is made as code and configuration say.</summary>
    /// <exception cref="ConsumerConfigurationException">They cannot be used.</exception>
    public INatsConnection Made => _made.Value;

    /// <summary>The connection; an application may have registered its own in the place of the default one.</summary>
    public INatsConnection Connection => _connection.Value;

    /// <summary>What is behind <see cref="Connection"/>: it says what it is told, without a prefix.</summary>
    public INatsConnection Wire => (Connection as PrefixedConnection)?.Inner ?? Connection;

    /// <summary>What names have on the server and not here; <see langword="null"/> for nothing.</summary>
    public SubjectPrefix? Prefix => SubjectPrefix.Of(Connection);

    public JetStreamApi Api => _api.Value;

    public JetStreamPublisher Publisher => _publisher.Value;

    public IJetStream JetStream => _jetStream.Value;

    /// <summary>Whether the server lives in this process, so that its streams are there only if the worker makes them.</summary>
    public bool IsInMemory => Connection is not null && _isInMemory;

    /// <summary>Disposes the connection if it was made here.</summary>
    public ValueTask DisposeAsync() => _made.IsValueCreated && _recipe.Factory is null ? _made.Value.DisposeAsync() : ValueTask.CompletedTask;

    /// <exception cref="ConsumerConfigurationException">Nothing says where the server is.</exception>
    public void ThrowIfNowhere()
    {
        if (_recipe is { Factory: null, Configure: null } && string.IsNullOrWhiteSpace(Settings.Url))
            throw Nowhere();
    }

    // Code may have given the connection its prefix.
    private INatsConnection Prefixed(INatsConnection connection)
    {
        if (Settings.SubjectPrefix is not { Length: > 0 } prefix || SubjectPrefix.Of(connection)?.Name == prefix)
            return connection;
        try
        {
            return connection.WithSubjectPrefix(prefix);
        }
        catch (ArgumentException e)
        {
            throw new ConsumerConfigurationException($"{SectionPath}:{nameof(Settings.SubjectPrefix)}: {e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal)}", e);
        }
    }

    private INatsConnection Create()
    {
        if (Get<IOptions<NatsOptions>>().Value.Problem is { } problem)
            throw problem;
        try
        {
            var connection = new NatsConnectionOptions
            {
                Url = Settings.Url,
                Username = Settings.Username,
                Password = Settings.Password,
                Token = Settings.Token,
                CredentialsFile = Settings.CredentialsFile,
                NKeySeed = Settings.NKeySeed,
                Tls = Settings.Tls,
                InboxPrefix = Settings.InboxPrefix,
                ConnectTimeout = Settings.ConnectTimeout,
                PingInterval = Settings.PingInterval,
                MaxReconnectDelay = Settings.MaxReconnectDelay,
                Name = ConnectionName,
                TimeProvider = Get<TimeProvider>(),
                LoggerFactory = Get<ILoggerFactory>(),
            };
            _recipe.Configure?.Invoke(connection);
            if (string.IsNullOrWhiteSpace(connection.Url))
                throw Nowhere();
            return MemoryUrl.NameIn(connection.Url) is { } server ? CreateInMemory(server, connection) : new NatsConnection(connection);
        }
        catch (ArgumentException e)
        {
            throw new ConsumerConfigurationException(InWordsOfTheConfiguration(e), e);
        }
    }

    // NatsConnectionOptions.Password is Nats:Password to whoever configures it.
    private string InWordsOfTheConfiguration(ArgumentException error)
    {
        string message = error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
        string told = message
            .Replace($"{nameof(NatsConnectionOptions)}.", $"{SectionPath}:", StringComparison.Ordinal)
            .Replace($"{nameof(NatsTlsOptions)}.", $"{SectionPath}:Tls:", StringComparison.Ordinal);
        return told != message ? told : $"The section '{SectionPath}'{(Name is null ? " or NATS_URL" : "")} cannot be used: {message}";
    }

    private INatsConnection CreateInMemory(string server, NatsConnectionOptions connection)
    {
        _isInMemory = true;
        var options = new InMemoryJetStreamOptions { TimeProvider = connection.TimeProvider, LoggerFactory = connection.LoggerFactory };
        var memory = InMemoryJetStream.Named(server, options);
        Log.InMemory(connection.LoggerFactory.CreateLogger("Nats.Consumer"), server, memory.Version.Text);
        return memory.CreateConnection();
    }

    private ConsumerConfigurationException Nowhere() => new($"{SectionPath}:Url is missing: a named connection takes none from section '{NatsOptions.Section}'. State it, or give the connection by UseConnection(\"{Name}\", …).");

    private string SectionPath => Name is null ? NatsOptions.Section : $"{NatsOptions.Section}:{nameof(NatsOptions.Connections)}:{Name}";

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
