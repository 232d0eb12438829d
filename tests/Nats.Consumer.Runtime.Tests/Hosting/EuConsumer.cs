using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Hosting;

/// <summary>As <see cref="WorkConsumer"/>, stream and durable included, by another connection.</summary>
public sealed class EuConsumer(ConsumerSetup setup) : WorkConsumer(setup)
{
    public override string? Connection => "eu";
}
