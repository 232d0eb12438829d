namespace Nats.Consumer;

/// <summary>What became of dead letters that were to be published again.</summary>
/// <param name="Replayed">How many were published again and are no dead letters any more.</param>
/// <param name="Failed">Those that still are, and why.</param>
public sealed record DeadLetterReplay(long Replayed, IReadOnlyList<DeadLetterReplayFailure> Failed);

/// <summary>A dead letter that could not be published again.</summary>
/// <param name="Sequence">Its number in the dead-letter stream.</param>
/// <param name="Subject">The message's subject.</param>
/// <param name="Reason">Why.</param>
public sealed record DeadLetterReplayFailure(ulong Sequence, string Subject, string Reason);
