using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Client;

namespace Nats.Consumer.Tests.Servers;

/// <summary>What the tests reach a server by. The tests of the adapter for NATS.Net have their own in its place (tests/Nats.Consumer.NatsNet.Tests).</summary>
internal static class Transport
{
    /// <summary>A connection that is not open yet.</summary>
    public static INatsConnection Create(string url, string? username = null, string? password = null) =>
        new NatsConnection(new NatsConnectionOptions { Url = url, Username = username, Password = password });

    /// <summary>What a worker connects by.</summary>
    public static void Use(NatsConsumersBuilder nats, IServiceCollection services, string url) => nats.Configure(options => options.Url = url);
}
