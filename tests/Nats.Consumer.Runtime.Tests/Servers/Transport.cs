using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Client;

namespace Nats.Consumer.Tests.Servers;

/// <summary>What the tests reach a server by. The tests of the adapter for NATS.Net have their own in its place (tests/Nats.Consumer.NatsNet.Tests).</summary>
/// <remarks>Tests with the trait Client=BuiltIn are about the words and settings of the built-in client, and are not run on others.</remarks>
internal static class Transport
{
    /// <summary>Whether an ack that was on its way when the connection broke is dropped when it has become too late.</summary>
    public static bool DropsLateAcks => true;

    // eng/test.sh --prefix: what the tests say is said with a subject prefix, and they must not notice.
    public static string? Prefix { get; } = Environment.GetEnvironmentVariable("NATS_TEST_PREFIX") is { Length: > 0 } prefix ? prefix : null;

    /// <summary>A stream's name on the server, for tests that look at the wire.</summary>
    public static string OnTheServer(string stream) => Prefix is null ? stream : $"{Prefix}-{stream}";

    /// <summary>A connection that is not open yet.</summary>
    public static INatsConnection Create(string url, string? username = null, string? password = null)
    {
        var connection = new NatsConnection(new NatsConnectionOptions { Url = url, Username = username, Password = password });
        return Prefix is null ? connection : connection.WithSubjectPrefix(Prefix);
    }

    /// <summary>What a worker connects by.</summary>
    public static void Use(NatsConsumersBuilder nats, IServiceCollection services, string url) => nats.Configure(options => (options.Url, options.SubjectPrefix) = (url, Prefix ?? options.SubjectPrefix));
}
