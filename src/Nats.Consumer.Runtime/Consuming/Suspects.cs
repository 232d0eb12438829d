using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Settling;

namespace Nats.Consumer.Consuming;

/// <summary>
/// Messages that were delivered more often than attempts are allowed: one of them may bring the worker down each time, and the others were only there when it happened. Each is tried once more, alone, after
/// a note on the server says so. If the worker does not survive that, the note is there when the message comes again, and it is given up; no other message is.
/// </summary>
internal sealed class Suspects(
    LiveSettings settings, Solitude solitude, InboundMessagePool pool, DeadLetterQueue deadLetters, OutcomeSettler outcomes, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly TrialNotes _notes = new(deadLetters, time, logger);
    private readonly int _attempts = settings.Current.Delivery == DeliveryMode.AtMostOnce ? int.MaxValue : settings.Current.MaxDeliver;

    /// <summary>Where all others run beside each other.</summary>
    public Solitude Solitude => solitude;

    public bool Contains(InboundMessage message) => message.Attempt > _attempts && !message.Consumer.AcksNothing;

    /// <summary>Tries a message alone, or gives it up.</summary>
    /// <exception cref="OperationCanceledException">The worker must stop at once.</exception>
    public async ValueTask<Processed> TryAsync(MessageContext context, InboundMessage message, Func<ValueTask<Processed>> run, CancellationToken abort)
    {
        if (RunsHere(message))
            return await GiveUpAsync(context, message, "its handler still runs, after AckWait and MaxAckExtension", abort).ConfigureAwait(false);
        Processed? processed = null;
        NatsException? failure = null;
        bool isNoted = false;
        try
        {
            isNoted = await _notes.TellOfACrashAsync(message, abort).ConfigureAwait(false);
        }
        catch (NatsException e)
        {
            failure = e;
        }

        if (isNoted)
            return await GiveUpAsync(context, message, "when its handler ran alone the worker went down", abort).ConfigureAwait(false);
        if (failure is null)
        {
            Log.Suspect(logger, message.Ack.StreamSequence, message.Subject, message.Consumer.Stream, message.Attempt, _attempts);
            message.IsWaiting = true; // does not count against MaxAckExtension
            TimeSpan pause = message.AckWait < LongestPause ? message.AckWait : LongestPause;
            await solitude.RunAloneAsync(() => RunAsync(pause), pause, pause, abort).ConfigureAwait(false);
        }

        return processed ?? await outcomes.ComeBackLaterAsync(context, message, failure).ConfigureAwait(false);

        async ValueTask RunAsync(TimeSpan alone)
        {
            (message.IsWaiting, message.HeldSince) = (false, time.GetTimestamp());
            TrialNote note;
            try
            {
                note = await _notes.WriteAsync(message, abort).ConfigureAwait(false);
            }
            catch (NatsException e)
            {
                failure = e;
                return;
            }

            // When others run beside it, or the worker ends without its handler, it is no culprit whatever happens.
            ITimer notAlone = time.CreateTimer(static note => _ = ((TrialNote)note!).EraseAsync(), note, alone, Timeout.InfiniteTimeSpan);
            CancellationTokenRegistration ending = abort.UnsafeRegister(static note => _ = ((TrialNote)note!).EraseAsync(), note);
            try
            {
                processed = await run().ConfigureAwait(false);
            }
            finally
            {
                await ending.DisposeAsync().ConfigureAwait(false);
                await notAlone.DisposeAsync().ConfigureAwait(false);
                await note.EraseAsync().ConfigureAwait(false);
            }
        }
    }

    private bool RunsHere(InboundMessage message)
    {
        foreach (InboundMessage other in pool.All)
        {
            if (other != message && other is { IsHeld: true, IsStarted: true, IsWaiting: false, IsSettled: false } && other.Ack.StreamSequence == message.Ack.StreamSequence)
                return true;
        }

        return false;
    }

    private ValueTask<Processed> GiveUpAsync(MessageContext context, InboundMessage message, string why, CancellationToken abort)
    {
        var error = new RetriesExhaustedException($"It was delivered {message.Attempt} times without being settled, and {_attempts} attempts are allowed: {why}.");
        return outcomes.SettleAsync(context, message, new Verdict(Outcome.Retry, error), abort);
    }
}
