using System.Text;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Tests.Transports;

/// <summary>Connections of NATS.Net as the tests want them.</summary>
internal static class Connections
{
    /// <summary>As usual, but for a pause before a reconnect that is as short as the built-in client's: 2 s is NATS.Net's default.</summary>
    public static Core.NatsOpts Options(string url) => Core.NatsOpts.Default with
    {
        Url = url,
        HeaderEncoding = Encoding.UTF8,
        ReconnectWaitMin = TimeSpan.FromMilliseconds(20),
        ReconnectWaitMax = TimeSpan.FromMilliseconds(200),
        ReconnectJitter = TimeSpan.Zero,
    };

    public static Core.NatsConnection Create(string url) => new(Options(url));
}
