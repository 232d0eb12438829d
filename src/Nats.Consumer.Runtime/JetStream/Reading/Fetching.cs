using System.Runtime.CompilerServices;
using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>Reads so many messages from a pull consumer, or as many as come in a time.</summary>
internal sealed class Fetching(ReadingTools tools, ConsumerLookup lookup)
{
    public async IAsyncEnumerable<JetStreamMessage> ReadAsync(string stream, string consumer, FetchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MessageAcks acks = await lookup.AcksOfAsync(stream, consumer, cancellationToken).ConfigureAwait(false);
        var fetch = new FetchRequest(tools, acks, options);
        try
        {
            await fetch.OpenAsync(cancellationToken).ConfigureAwait(false);
            while (!fetch.IsDone)
            {
                if (await fetch.NextAsync(cancellationToken).ConfigureAwait(false) is not { } next)
                {
                    // The time is over without a word of the server: before 2.10 it does not answer for a consumer that is gone.
                    await lookup.RequireAsync(stream, consumer, cancellationToken).ConfigureAwait(false);
                    break;
                }

                if (next.Message is { } message)
                    yield return message;
                else if (next.Kind == ReadEventKind.Ended && await IsOverAsync(stream, consumer, fetch, next.Status, cancellationToken).ConfigureAwait(false))
                    break;
                else if (next.Kind == ReadEventKind.Closed)
                    throw new NatsConnectionException("The connection was closed while messages were being fetched.");
                else
                    await fetch.AskAgainAsync(inAMoment: next.Kind == ReadEventKind.Ended, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await fetch.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <returns>Whether there will be no more messages; otherwise it is to be asked again.</returns>
    private async ValueTask<bool> IsOverAsync(string stream, string consumer, FetchRequest fetch, NatsStatus status, CancellationToken cancellationToken)
    {
        if (status.Code is 404 or 408)
            return true;
        PullReaction reaction = PullStatus.ReactionTo(status);
        if (reaction == PullReaction.TooLarge && fetch.Received == 0)
            throw new JetStreamException($"The next message of consumer '{consumer}' of stream '{stream}' is larger than MaxBytes ({fetch.Options.MaxBytes:N0}). Ask for more bytes.");
        if (reaction is PullReaction.TooLarge)
            return true;
        if (reaction is PullReaction.PullAgain)
            return fetch.IsDone;
        await lookup.RequireAsync(stream, consumer, cancellationToken).ConfigureAwait(false);
        if (PullRefusal.Remedy(status) is not null || reaction == PullReaction.Broken)
            throw PullRefusal.Error(stream, consumer, status);
        return false; // the server is between two leaders, or the consumer was made anew
    }
}
