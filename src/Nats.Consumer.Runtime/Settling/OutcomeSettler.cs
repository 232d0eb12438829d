using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Settling;

/// <summary>Turns what the handlers decided into what the server is told, and into a dead letter where it comes to that.</summary>
/// <param name="settings">The consumer's.</param>
/// <param name="settler">Tells the server.</param>
/// <param name="deadLetters">Keeps copies; <see langword="null"/> for no copies.</param>
/// <param name="retriesHere">Whether a message is tried again here rather than given back to the server for its retry.</param>
/// <param name="random">Chance, for jitter.</param>
/// <param name="logger">The log.</param>
/// <param name="probe">Looks on.</param>
internal sealed class OutcomeSettler(
    LiveSettings settings, Settler settler, DeadLetterQueue? deadLetters, bool retriesHere, Func<double> random, ILogger logger, IWorkerProbe? probe = null)
{
    private readonly int _attempts = settings.Current.Delivery == DeliveryMode.AtMostOnce ? 0 : settings.Current.MaxDeliver;
    private readonly PendingDeadLetters _pending = new();

    /// <exception cref="NatsException">The server could not be told.</exception>
    /// <exception cref="OperationCanceledException">The worker must stop at once.</exception>
    public async ValueTask<Processed> SettleAsync(MessageContext context, InboundMessage message, Verdict verdict, CancellationToken abort)
    {
        probe?.Decided(message, verdict);
        if (message.IsSettled && !message.IsSettledAhead)
        {
            if (verdict.Error is { } error)
                Log.FailedAfterSettling(logger, error, message.Ack.StreamSequence, message.Subject, message.Consumer.Stream);
            return Processed.Finished;
        }

        switch (verdict.Outcome.Kind)
        {
            case OutcomeKind.Ack when settings.Current.Delivery == DeliveryMode.ExactlyOnce:
                await ConfirmAsync(context, abort).ConfigureAwait(false);
                return Settled(message, "ack");
            case OutcomeKind.Ack:
                await settler.AckAsync(context, CancellationToken.None).ConfigureAwait(false);
                return Settled(message, "ack");
            case OutcomeKind.Drop:
                Log.Dropped(logger, message.Ack.StreamSequence, message.Subject, message.Consumer.Stream, verdict.Outcome.Reason);
                await settler.TermAsync(context, verdict.Outcome.Reason, CancellationToken.None).ConfigureAwait(false);
                return Settled(message, "drop");
            case OutcomeKind.DeadLetter:
                return await DeadLetterAsync(context, message, verdict.Outcome.Reason ?? "", verdict.Error).ConfigureAwait(false);
            default:
                return message.Attempt < _attempts
                    ? await RetryAsync(context, message, verdict).ConfigureAwait(false)
                    : await ExhaustedAsync(context, message, verdict.Error, abort).ConfigureAwait(false);
        }
    }

    // It has been handled. Who cannot wait for the confirmation says so all the same, and does not give the message back.
    private async ValueTask ConfirmAsync(MessageContext context, CancellationToken abort)
    {
        try
        {
            await settler.ConfirmAckAsync(context, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            await settler.AckAsync(context, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Stores the dead letter that could not be stored when the message was here before.</summary>
    /// <returns>What became of the message; <see langword="null"/> when there is no such dead letter.</returns>
    public async ValueTask<Processed?> SettlePendingAsync(MessageContext context, InboundMessage message) =>
        _pending.Find(message.Ack) is { } pending ? await DeadLetterAsync(context, message, pending.Reason, pending.Error).ConfigureAwait(false) : null;

    /// <summary>Asks for a message again, of which nothing could be decided.</summary>
    public ValueTask<Processed> ComeBackLaterAsync(MessageContext context, InboundMessage message, Exception? why)
    {
        TimeSpan delay = RetryPolicy.Default.DelayAfter(Math.Max(1, message.Attempt - _attempts), random());
        Log.SuspectWaits(logger, message.Ack.StreamSequence, message.Consumer.Stream, delay, why?.Message ?? "other handlers still run.");
        return ComeBackAsync(context, delay);
    }

    /// <summary>Gives a message back to the server at once; it waits for room on the way there, if need be, until <paramref name="deadline"/> is cancelled.</summary>
    public async ValueTask<Processed> HandBackAsync(MessageContext context, InboundMessage message, CancellationToken deadline)
    {
        try
        {
            ValueTask sent = settler.NakAsync(context, TimeSpan.Zero, CancellationToken.None);
            if (!sent.IsCompletedSuccessfully)
                await sent.AsTask().WaitAsync(deadline).ConfigureAwait(false);
            Settled(message, "handed_back");
            return new Processed(message.IsSettledAhead ? Progress.Abandoned : Progress.HandedBack);
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException)
        {
            Log.SettlementFailed(logger, e, message.Ack.StreamSequence, message.Consumer.Stream);
            return new Processed(Progress.Abandoned);
        }
    }

    private static Processed Settled(InboundMessage message, string outcome)
    {
        ConsumerInstruments.Settled(message.Consumer.Status, outcome);
        return Processed.Finished;
    }

    private ValueTask<Processed> RetryAsync(MessageContext context, InboundMessage message, Verdict verdict)
    {
        TimeSpan delay = verdict.DelayOr(settings.Current.Retry.DelayAfter(message.Attempt, random()));
        ConsumerInstruments.Settled(message.Consumer.Status, "retry");
        probe?.Retrying(message, delay);
        Log.Retrying(logger, verdict.Error, message.Attempt, _attempts, message.Ack.StreamSequence, message.Subject, message.Consumer.Stream, delay);
        return ComeBackAsync(context, delay);
    }

    private async ValueTask<Processed> ComeBackAsync(MessageContext context, TimeSpan delay)
    {
        if (retriesHere)
            return new Processed(Progress.Parked, delay);
        await settler.NakAsync(context, delay, CancellationToken.None).ConfigureAwait(false);
        return Processed.Finished;
    }

    private async ValueTask<Processed> ExhaustedAsync(MessageContext context, InboundMessage message, Exception? error, CancellationToken abort)
    {
        error ??= new RetriesExhaustedException($"The handler asked for a retry {message.Attempt} times, and {Math.Max(1, _attempts)} attempts are allowed.");
        ulong sequence = message.Ack.StreamSequence;
        Log.Exhausted(logger, error, sequence, message.Subject, message.Consumer.Stream, message.Attempt, settings.Current.OnExhausted);
        try
        {
            if (probe is null)
                await settings.Current.Definition.HandleErrorAsync(context, error, message.Attempt, abort).ConfigureAwait(false);
            else
                await probe.AroundErrorAsync(message, () => settings.Current.Definition.HandleErrorAsync(context, error, message.Attempt, abort)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !abort.IsCancellationRequested)
        {
            Log.HandleErrorFailed(logger, e, settings.Current.Name, sequence);
        }

        return message.IsSettled && !message.IsSettledAhead ? Processed.Finished : await SettleExhaustedAsync(context, message, error).ConfigureAwait(false);
    }

    private async ValueTask<Processed> SettleExhaustedAsync(MessageContext context, InboundMessage message, Exception error)
    {
        switch (settings.Current.OnExhausted)
        {
            case ErrorAckBehavior.Ack:
                await settler.AckAsync(context, CancellationToken.None).ConfigureAwait(false);
                return Settled(message, "exhausted_ack");
            case ErrorAckBehavior.Nak:
                await settler.NakAsync(context, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
                return Settled(message, "exhausted_nak");
            case ErrorAckBehavior.Terminate:
                await settler.TermAsync(context, error.Message, CancellationToken.None).ConfigureAwait(false);
                return Settled(message, "exhausted_term");
            case ErrorAckBehavior.HandledByHandleError:
                Log.HandleErrorDidNotSettle(logger, settings.Current.Name, message.Ack.StreamSequence);
                goto default;
            default:
                return await DeadLetterAsync(context, message, ExceptionPolicy.ReasonOf(error), error).ConfigureAwait(false);
        }
    }

    // Copy first, then terminate: at no moment is the message nowhere. What cannot be stored comes back.
    private async ValueTask<Processed> DeadLetterAsync(MessageContext context, InboundMessage message, string reason, Exception? error)
    {
        (ulong sequence, string stream) = (message.Ack.StreamSequence, message.Consumer.Stream);
        if (deadLetters is null)
        {
            Log.Dropped(logger, sequence, message.Subject, stream, reason);
            await settler.TermAsync(context, reason, CancellationToken.None).ConfigureAwait(false);
            return Processed.Finished;
        }

        try
        {
            await deadLetters.StoreAsync(message, reason, error, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (message.IsSettledAhead)
            {
                Log.DeadLetterLost(logger, e, sequence, stream);
                return Processed.Finished;
            }

            _pending.Add(message.Ack, new PendingDeadLetter(reason, error));
            TimeSpan delay = RetryPolicy.Default.DelayAfter(Math.Max(1, message.Attempt - _attempts + 1), random());
            Log.DeadLetterFailed(logger, e, sequence, stream, delay);
            return await ComeBackAsync(context, delay).ConfigureAwait(false);
        }

        Log.DeadLettered(logger, sequence, message.Subject, stream, deadLetters.StreamName, reason);
        await settler.TermAsync(context, reason, CancellationToken.None).ConfigureAwait(false);
        return Settled(message, "dead_letter");
    }
}
