namespace Nats.Consumer;

/// <summary>
/// How the worker reaches its servers: section <c>Nats</c> of the configuration. The environment variable <c>NATS_URL</c> wins over <c>Nats:Url</c>.
/// </summary>
public sealed class NatsOptions : NatsConnectionSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Nats";

    /// <summary>The default connection's, to a server on this machine.</summary>
    public NatsOptions() => Url = "nats://127.0.0.1:4222";

    /// <summary>
    /// Connections to other servers, by name without regard to case (<c>Nats:Connections:NAME</c>): consumers name theirs by <see cref="JetStreamConsumer.Connection"/>, and services get it by
    /// <c>[FromKeyedServices("NAME")] IJetStream</c>.
    /// </summary>
    public IDictionary<string, NatsConnectionSettings> Connections { get; } = new Dictionary<string, NatsConnectionSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long handlers may go on when the worker stops, before they are told to stop too.</summary>
    /// <value>The default is 25 seconds: less than the 30 that container platforms usually grant.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>A file that is written every 5 seconds as long as the worker is alive, for platforms that probe by command (<c>Nats:Liveness:File</c>).</summary>
    public string? LivenessFile { get; set; }

    /// <summary>What is wrong with the configuration. Said when the worker starts, not when something happens to be resolved.</summary>
    internal ConsumerConfigurationException? Problem { get; set; }
}
