using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nats.Consumer.Client;
using Nats.Consumer.NatsNet.Tests.Transports;
using Core = NATS.Client.Core;

namespace Nats.Consumer.Tests.Servers
{
    /// <summary>The delivery tests reach a server by NATS.Net.</summary>
    internal static class Transport
    {
        /// <summary>What NATS.Net has taken before it notices that the server is gone it sends after the reconnect, however late that is.</summary>
        public static bool DropsLateAcks => false;

        public static string? Prefix => null;

        public static string OnTheServer(string stream) => stream;

        public static INatsConnection Create(string url, string? username = null, string? password = null) => new OwnedConnection(
            new Core.NatsConnection(Connections.Options(url) with { AuthOpts = new Core.NatsAuthOpts { Username = username, Password = password } }));

        /// <summary>The worker's connection is that of the container, which disposes it; a test may have registered its own.</summary>
        public static void Use(NatsConsumersBuilder nats, IServiceCollection services, string url)
        {
            services.TryAddSingleton<Core.INatsConnection>(_ => Connections.Create(url));
            nats.UseNatsNet();
        }
    }
}

namespace Nats.Consumer.Conformance.Targets
{
    /// <summary>The conformance suite reaches a server by NATS.Net.</summary>
    internal static class Transport
    {
        public static INatsConnection Create(string url) => new OwnedConnection(Connections.Create(url));
    }
}
