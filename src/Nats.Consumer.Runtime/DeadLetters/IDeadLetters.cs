using Nats.Consumer.Client;

namespace Nats.Consumer;

/// <summary>
/// The dead letters of a stream, from <see cref="IJetStream.DeadLettersOf"/>. They stay until they are replayed, deleted or 30 days old. Looking at them changes nothing.
/// </summary>
public interface IDeadLetters
{
    /// <summary>The stream whose messages they were.</summary>
    string Stream { get; }

    /// <summary>The stream that keeps them.</summary>
    string DeadLetterStream { get; }

    /// <summary>How many there are.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">The filter can never match.</exception>
    /// <exception cref="JetStreamException">There is neither such a stream nor one with its dead letters.</exception>
    Task<long> CountAsync(DeadLetterFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Lists them, the oldest first, up to the last one that there is when it comes to it.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="after">Leaves out those up to this <see cref="DeadLetter.Sequence"/>: the last one of the page before.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ArgumentException">The filter can never match.</exception>
    /// <exception cref="JetStreamException">There is neither such a stream nor one with its dead letters.</exception>
    IAsyncEnumerable<DeadLetter> ListAsync(DeadLetterFilter? filter = null, ulong after = 0, CancellationToken cancellationToken = default);

    /// <summary>Reads one.</summary>
    /// <param name="sequence">Its <see cref="DeadLetter.Sequence"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The dead letter; <see langword="null"/> when there is none of the number.</returns>
    Task<DeadLetter?> GetAsync(ulong sequence, CancellationToken cancellationToken = default);

    /// <summary>
    /// Publishes the message again, under its subject and with its own headers, and deletes the dead letter. All consumers of the stream that take the subject get it, as a new message.
    /// </summary>
    /// <remarks>
    /// Control headers (<c>Nats-…</c>) are left out, because they would act anew. It has a message id made of the dead letter's, so that within the stream's duplicate window it is stored once,
    /// even if this fails between the two steps and is tried again. The header <c>Dead-Letter-Replays</c> counts. A message that is as large as the server takes has no room for either, and goes without.
    /// </remarks>
    /// <param name="letter">The dead letter.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Where the message was stored.</returns>
    /// <exception cref="JetStreamException">The stream does not capture the subject any more, or refused the message; or the payload is gone. The dead letter stays.</exception>
    /// <exception cref="NatsConnectionException">The connection was lost before an answer came. The dead letter may still be there; try again.</exception>
    Task<PublishAck> ReplayAsync(DeadLetter letter, CancellationToken cancellationToken = default);

    /// <summary>Publishes all of them again, the oldest first, as <see cref="ReplayAsync"/> does. Those that come while it runs are left alone.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="cancellationToken">Stops after the one that is under way.</param>
    /// <returns>How many were, and which ones could not be.</returns>
    /// <exception cref="ArgumentException">The filter can never match.</exception>
    /// <exception cref="NatsConnectionException">The connection was lost; those before have been published.</exception>
    Task<DeadLetterReplay> ReplayAllAsync(DeadLetterFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes one: it is dealt with. There is no way back.</summary>
    /// <param name="sequence">Its <see cref="DeadLetter.Sequence"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether it existed.</returns>
    Task<bool> DeleteAsync(ulong sequence, CancellationToken cancellationToken = default);

    /// <summary>Deletes all of them. There is no way back. Those that come while it runs are left alone.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="ArgumentException">The filter can never match.</exception>
    Task<long> PurgeAsync(DeadLetterFilter? filter = null, CancellationToken cancellationToken = default);
}
