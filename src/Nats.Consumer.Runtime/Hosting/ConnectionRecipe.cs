using Nats.Consumer.Client;

namespace Nats.Consumer.Hosting;

/// <summary>What the code says of a connection.</summary>
internal sealed class ConnectionRecipe
{
    /// <summary>Makes it, in the place of what the configuration says.</summary>
    public Func<IServiceProvider, INatsConnection>? Factory { get; set; }

    /// <summary>Changes what the configuration says.</summary>
    public Action<NatsConnectionOptions>? Configure { get; set; }
}
