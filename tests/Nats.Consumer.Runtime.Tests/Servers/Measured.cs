namespace Nats.Consumer.Tests.Servers;

/// <summary>Tests that measure times run one after the other, with nothing next to them.</summary>
[CollectionDefinition(nameof(Measured), DisableParallelization = true)]
public sealed class Measured;
