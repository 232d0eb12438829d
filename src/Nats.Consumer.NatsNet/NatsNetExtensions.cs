using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nats.Consumer.NatsNet;
using Core = NATS.Client.Core;

namespace Nats.Consumer;

/// <summary>Runs consumers on NATS.Net.</summary>
public static partial class NatsNetExtensions
{
    /// <summary>
    /// Uses a connection of NATS.Net for everything: consuming, acknowledging, publishing, administration. The worker opens it if it is not open yet, and never disposes it.
    /// The settings of the section <c>Nats</c> that are about the connection (URL, credentials, TLS) are not looked at: NATS.Net has its own.
    /// </summary>
    /// <param name="nats">The worker.</param>
    /// <param name="connection">The application's connection. It must outlive the worker.</param>
    /// <param name="configure">What is not as usual.</param>
    public static NatsConsumersBuilder UseNatsNet(this NatsConsumersBuilder nats, Core.INatsConnection connection, Action<NatsNetOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return UseNatsNet(nats, _ => connection, configure);
    }

    /// <summary>The same with the connection of the container, as NATS.Net's <c>AddNatsClient</c> registers it.</summary>
    /// <param name="nats">The worker.</param>
    /// <param name="configure">What is not as usual.</param>
    public static NatsConsumersBuilder UseNatsNet(this NatsConsumersBuilder nats, Action<NatsNetOptions>? configure = null) =>
        UseNatsNet(nats, services => services.GetRequiredService<Core.INatsConnection>(), configure);

    /// <summary>The same with a connection that is found when the worker is made: a keyed one, one of a pool.</summary>
    /// <param name="nats">The worker.</param>
    /// <param name="connection">Finds the connection. It is called once.</param>
    /// <param name="configure">What is not as usual.</param>
    /// <remarks>When it cannot be found the worker does not start, with one message that says why.</remarks>
    public static NatsConsumersBuilder UseNatsNet(this NatsConsumersBuilder nats, Func<IServiceProvider, Core.INatsConnection> connection, Action<NatsNetOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(nats);
        ArgumentNullException.ThrowIfNull(connection);
        return nats.UseConnection(services =>
        {
            var options = new NatsNetOptions
            {
                TimeProvider = services.GetRequiredService<TimeProvider>(),
                LoggerFactory = services.GetRequiredService<ILoggerFactory>(),
            };
            configure?.Invoke(options);
            return new NatsNetConnection(Find(connection, services), options);
        });
    }

    // What NATS.Net says of a URL that it cannot read quotes it, with its password.
    private static Core.INatsConnection Find(Func<IServiceProvider, Core.INatsConnection> connection, IServiceProvider services)
    {
        try
        {
            return connection(services);
        }
        catch (Exception e)
        {
            throw new ConsumerConfigurationException($"There is no connection of NATS.Net to use: {UserInfo().Replace(e.Message, "://***@")}");
        }
    }

    [GeneratedRegex("://[^/@ ]*@")]
    private static partial Regex UserInfo();
}
