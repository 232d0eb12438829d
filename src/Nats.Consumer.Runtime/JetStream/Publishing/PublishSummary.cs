namespace Nats.Consumer;

/// <summary>What became of the messages of a <see cref="PublishWindow"/> so far.</summary>
/// <param name="Stored">Stored by a stream.</param>
/// <param name="Duplicates">
/// Confirmed without being stored again, because a message with the same id was there already. A message that was sent again after a lost connection may count here.
/// </param>
/// <param name="Failed">Not confirmed.</param>
public readonly record struct PublishSummary(long Stored, long Duplicates, long Failed);
