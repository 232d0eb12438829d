using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Settling;
using Nats.Consumer.Subjects;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Consuming;

/// <summary>What happens to one message: may it start, dispatch, settle. Never throws, and leaves no message without a settlement or a log line.</summary>
internal sealed class MessageProcessor(LiveSettings settings, Dispatcher dispatcher, Settler settler, OutcomeSettler outcomes, Suspects suspects, TimeProvider time, ILogger logger)
{
    private readonly bool _acksFirst = settings.Current.Delivery == DeliveryMode.AtMostOnce;

    public async ValueTask<Processed> ProcessAsync(InboundMessage message, CancellationToken abort)
    {
        var context = new MessageContext(message);
        try
        {
            if (suspects.Contains(message))
                return await BeginAsync(context, message, abort).ConfigureAwait(false) ?? await TryAloneAsync(context, message, abort).ConfigureAwait(false);
            await suspects.Solitude.EnterAsync(abort).ConfigureAwait(false); // before anything is looked at or acknowledged: it may take long
            try
            {
                return await BeginAsync(context, message, abort).ConfigureAwait(false) ?? await RunAsync(context, message, abort).ConfigureAwait(false);
            }
            finally
            {
                suspects.Solitude.Exit();
            }
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return await outcomes.HandBackAsync(context, message, abort).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.SettlementFailed(logger, e, message.Ack.StreamSequence, message.Consumer.Stream);
            return new Processed(Progress.Abandoned);
        }
    }

    /// <summary>Whether the handlers are to be called at all.</summary>
    /// <returns>What became of the message when they are not.</returns>
    public async ValueTask<Processed?> BeginAsync(MessageContext context, InboundMessage message, CancellationToken abort)
    {
        if (!MayStart(message))
            return new Processed(Progress.Abandoned);
        message.IsStarted = true;
        if (message.Consumer.Wanted is { } wanted && !IsWanted(wanted, message.Subject))
        {
            await settler.AckAsync(context, CancellationToken.None).ConfigureAwait(false);
            return Processed.Finished;
        }

        if (_acksFirst && !await TryAckFirstAsync(context, message, abort).ConfigureAwait(false))
            return new Processed(Progress.Abandoned);
        return await outcomes.SettlePendingAsync(context, message).ConfigureAwait(false);
    }

    // On its own, because a lambda's captures are allocated where the method begins.
    private ValueTask<Processed> TryAloneAsync(MessageContext context, InboundMessage message, CancellationToken abort) =>
        suspects.TryAsync(context, message, () => MayStart(message) ? RunAsync(context, message, abort) : new(new Processed(Progress.Abandoned)), abort);

    private async ValueTask<Processed> RunAsync(MessageContext context, InboundMessage message, CancellationToken abort)
    {
        using ProcessActivity activity = ProcessActivity.Begin(message, time);
        Verdict verdict = settings.Current.HandlerTimeout is { } timeout ? await DispatchAsync(message, timeout, abort).ConfigureAwait(false)
            : await dispatcher.DispatchAsync(message, abort).ConfigureAwait(false);
        activity.Decided(verdict);
        return await outcomes.SettleAsync(context, message, verdict, abort).ConfigureAwait(false);
    }

    /// <summary>Not, when the server has taken it back, and gives it to somebody else, or to us again.</summary>
    public bool MayStart(InboundMessage message)
    {
        if (message.Consumer.AcksNothing || time.GetElapsedTime(message.ExtendedAt) < message.AckWait)
            return true;
        Log.DeadlinePassed(logger, message.Ack.StreamSequence, message.Consumer.Stream);
        return false;
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

    private async ValueTask<Verdict> DispatchAsync(InboundMessage message, TimeSpan timeout, CancellationToken abort)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, abort);
        try
        {
            return await dispatcher.DispatchAsync(message, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timer.IsCancellationRequested && !abort.IsCancellationRequested)
        {
            return dispatcher.Judge(new TimeoutException($"The handler took longer than HandlerTimeout ({timeout}).", e));
        }
    }

    // Unless the server has confirmed it the message may come again, and so it must not be handled now.
    private async ValueTask<bool> TryAckFirstAsync(MessageContext context, InboundMessage message, CancellationToken abort)
    {
        if (message.IsSettledAhead)
            return true;
        try
        {
            await settler.ConfirmAckAsync(context, abort).ConfigureAwait(false);
            message.IsSettledAhead = true;
            if (time.GetElapsedTime(message.ExtendedAt) < message.AckWait)
                return true;
            // A server confirms late acknowledgements too, when it has given the message to somebody else already.
            Log.NotConfirmed(logger, message.Ack.StreamSequence, message.Consumer.Stream, "the confirmation came after the ack wait.");
            return false;
        }
        catch (NatsException e)
        {
            Log.NotConfirmed(logger, message.Ack.StreamSequence, message.Consumer.Stream, e.Message);
            return false;
        }
    }
}
