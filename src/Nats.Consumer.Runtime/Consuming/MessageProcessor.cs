using Microsoft.Extensions.Logging;
using Nats.Consumer.Settling;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Consuming;

/// <summary>What happens to one message: dispatch, decide, settle. Never throws, and leaves no message without a settlement or a log line.</summary>
internal sealed class MessageProcessor(
    JetStreamConsumer definition, Dispatcher dispatcher, Settler settler, DeadLetterQueue? deadLetters, TimeProvider time, Func<double> random, ILogger logger)
{
    private readonly RetryPolicy _retry = definition.Retry;
    private readonly int _attempts = definition.MaxDeliver;

    /// <returns>Whether the message was finished; not, when the handler was told to stop or the deadline had passed.</returns>
    public async ValueTask<bool> ProcessAsync(InboundMessage message, CancellationToken abort)
    {
        if (time.GetElapsedTime(message.ReceivedAt) >= message.Consumer.AckWait)
        {
            Log.DeadlinePassed(logger, message.Ack.StreamSequence, message.Consumer.Stream);
            return false;
        }

        var context = new MessageContext(message);
        try
        {
            if (message.Consumer.Wanted is { } wanted && !IsWanted(wanted, message.Subject))
            {
                await settler.AckAsync(context, CancellationToken.None).ConfigureAwait(false);
                return true;
            }

            Verdict verdict = message.Ack.Delivered > _attempts
                ? new Verdict(Outcome.Retry, new RetriesExhaustedException($"It was delivered {message.Ack.Delivered} times without being settled, and {_attempts} attempts are allowed: its handler seems to bring the worker down, or to take longer than AckWait."))
                : await dispatcher.DispatchAsync(message, abort).ConfigureAwait(false);
            if (!message.IsSettled)
                await SettleAsync(context, message, verdict, abort).ConfigureAwait(false);
            else if (verdict.Error is { } error)
                Log.FailedAfterSettling(logger, error, message.Ack.StreamSequence, message.Subject, message.Consumer.Stream);
            return true;
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            Log.SettlementFailed(logger, e, message.Ack.StreamSequence, message.Consumer.Stream);
            return true;
        }
    }

    private static bool IsWanted(IReadOnlyList<SubjectPattern> wanted, string subject)
    {
        foreach (SubjectPattern pattern in wanted)
        {
            if (pattern.Matches(subject))
                return true;
        }

        return false;
    }

    private ValueTask SettleAsync(MessageContext context, InboundMessage message, Verdict verdict, CancellationToken abort)
    {
        switch (verdict.Outcome.Kind)
        {
            case OutcomeKind.Ack:
                return settler.AckAsync(context, CancellationToken.None);
            case OutcomeKind.Drop:
                Log.Dropped(logger, message.Ack.StreamSequence, message.Subject, message.Consumer.Stream, verdict.Outcome.Reason);
                return settler.TermAsync(context, verdict.Outcome.Reason, CancellationToken.None);
            case OutcomeKind.DeadLetter:
                return DeadLetterAsync(context, message, verdict.Outcome.Reason ?? "", verdict.Error);
            default:
                return message.Ack.Delivered < _attempts ? RetryAsync(context, message, verdict) : ExhaustedAsync(context, message, verdict.Error, abort);
        }
    }

    private ValueTask RetryAsync(MessageContext context, InboundMessage message, Verdict verdict)
    {
        TimeSpan delay = verdict.DelayOr(_retry.DelayAfter(message.Ack.Delivered, random()));
        Log.Retrying(logger, verdict.Error, message.Ack.Delivered, _attempts, message.Ack.StreamSequence, message.Subject, message.Consumer.Stream, delay);
        return settler.NakAsync(context, delay, CancellationToken.None);
    }

    private async ValueTask ExhaustedAsync(MessageContext context, InboundMessage message, Exception? error, CancellationToken abort)
    {
        error ??= new RetriesExhaustedException($"The handler asked for a retry {message.Ack.Delivered} times, and {_attempts} attempts are allowed.");
        Log.Exhausted(logger, error, message.Ack.StreamSequence, message.Subject, message.Consumer.Stream, message.Ack.Delivered, definition.OnExhausted);
        try
        {
            await definition.HandleErrorAsync(context, error, message.Ack.Delivered, abort).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !abort.IsCancellationRequested)
        {
            Log.HandleErrorFailed(logger, e, definition.Name, message.Ack.StreamSequence);
        }

        if (message.IsSettled)
            return;
        switch (definition.OnExhausted)
        {
            case ErrorAckBehavior.Ack:
                await settler.AckAsync(context, CancellationToken.None).ConfigureAwait(false);
                break;
            case ErrorAckBehavior.Nak:
                await settler.NakAsync(context, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
                break;
            case ErrorAckBehavior.Terminate:
                await settler.TermAsync(context, error.Message, CancellationToken.None).ConfigureAwait(false);
                break;
            case ErrorAckBehavior.HandledByHandleError:
                Log.HandleErrorDidNotSettle(logger, definition.Name, message.Ack.StreamSequence);
                goto default;
            default:
                await DeadLetterAsync(context, message, error.Message, error).ConfigureAwait(false);
                break;
        }
    }

    // Copy first, then terminate: at no moment is the message nowhere. What cannot be stored comes back.
    private async ValueTask DeadLetterAsync(MessageContext context, InboundMessage message, string reason, Exception? error)
    {
        if (deadLetters is null)
        {
            Log.Dropped(logger, message.Ack.StreamSequence, message.Subject, message.Consumer.Stream, reason);
            await settler.TermAsync(context, reason, CancellationToken.None).ConfigureAwait(false);
            return;
        }

        try
        {
            await deadLetters.StoreAsync(message, reason, error, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            TimeSpan delay = RetryPolicy.Default.DelayAfter(Math.Max(1, message.Ack.Delivered - _attempts + 1), random());
            Log.DeadLetterFailed(logger, e, message.Ack.StreamSequence, message.Consumer.Stream, delay);
            await settler.NakAsync(context, delay, CancellationToken.None).ConfigureAwait(false);
            return;
        }

        Log.DeadLettered(logger, message.Ack.StreamSequence, message.Subject, message.Consumer.Stream, deadLetters.StreamName, reason);
        await settler.TermAsync(context, reason, CancellationToken.None).ConfigureAwait(false);
    }
}
