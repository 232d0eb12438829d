using Nats.Consumer.Client;

namespace Nats.Consumer.Conformance.Targets;

/// <summary>What the cases reach a real server by. The tests of the adapter for NATS.Net have their own in its place (tests/Nats.Consumer.NatsNet.Tests).</summary>
internal static class Transport
{
    public static INatsConnection Create(string url) => new NatsConnection(new NatsConnectionOptions { Url = url });
}
