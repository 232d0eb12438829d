namespace Nats.Consumer.InMemory.Consumers;

/// <summary>A place in a consumer's deliveries and in its stream.</summary>
/// <param name="Consumer">The number of the delivery.</param>
/// <param name="Stream">The sequence of the message.</param>
internal readonly record struct Position(ulong Consumer, ulong Stream);
