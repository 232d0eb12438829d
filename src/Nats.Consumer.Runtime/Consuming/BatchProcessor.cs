using Microsoft.Extensions.Logging;
using Nats.Consumer.Generated;
using Nats.Consumer.Handling;
using Nats.Consumer.Routing;
using Nats.Consumer.Settling;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Consuming;

/// <summary>What happens to several messages that are there at once: those of a batch handler go to it together, and each gets the outcome that is its own. Never throws.</summary>
internal sealed class BatchProcessor(
    LiveSettings settings, HandlerClass handlers, HandlerActivator activator, Dispatcher dispatcher, MessageProcessor single, OutcomeSettler outcomes, Suspects suspects, TimeProvider time, ILogger logger,
    IWorkerProbe? probe = null)
{
    /// <summary>How many messages to gather at the most.</summary>
    public int Most => settings.Current.MaxMessages;

    /// <summary>How long to wait for more.</summary>
    public TimeSpan Wait => settings.Current.MaxWait;

    /// <param name="messages">In the order in which they came.</param>
    /// <param name="done">Told what became of each, once.</param>
    /// <param name="abort">Stops at once.</param>
    public async ValueTask ProcessAsync(IReadOnlyList<InboundMessage> messages, Action<InboundMessage, Processed> done, CancellationToken abort)
    {
        var batches = new OrderedDictionary<HandlerMethod, List<InboundMessage>>();
        var alone = new List<(HandlerMethod Method, InboundMessage Message)>();
        foreach (InboundMessage message in messages)
        {
            Route? route = handlers.Routes.Find(message.SubjectUtf8);
            if (route?.Method is not { InvokeBatch: not null } method)
            {
                done(message, await single.ProcessAsync(message, abort).ConfigureAwait(false));
                continue;
            }

            message.Route = route;
            if (suspects.Contains(message))
            {
                alone.Add((method, message));
                continue;
            }

            if (!batches.TryGetValue(method, out List<InboundMessage>? batch))
                batches[method] = batch = [];
            batch.Add(message);
        }

        foreach ((HandlerMethod method, List<InboundMessage> batch) in batches)
            await ProcessBesideOthersAsync(method, batch, done, abort).ConfigureAwait(false);
        foreach ((HandlerMethod method, InboundMessage message) in alone)
            done(message, await BeginAsync(message, abort).ConfigureAwait(false) ?? await TryAloneAsync(method, message, abort).ConfigureAwait(false));
    }

    private async ValueTask ProcessBesideOthersAsync(HandlerMethod method, List<InboundMessage> batch, Action<InboundMessage, Processed> done, CancellationToken abort)
    {
        try
        {
            await suspects.Solitude.EnterAsync(abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            foreach (InboundMessage message in batch)
                done(message, await outcomes.HandBackAsync(new MessageContext(message), message, abort).ConfigureAwait(false));
            return;
        }

        try
        {
            var begun = new List<InboundMessage>(batch.Count);
            foreach (InboundMessage message in batch)
            {
                if (await BeginAsync(message, abort).ConfigureAwait(false) is { } ended)
                    done(message, ended);
                else
                    begun.Add(message);
            }

            if (begun.Count > 0)
                await ProcessAsync(method, begun, done, abort).ConfigureAwait(false);
        }
        finally
        {
            suspects.Solitude.Exit();
        }
    }

    private async ValueTask<Processed> TryAloneAsync(HandlerMethod method, InboundMessage message, CancellationToken abort)
    {
        var context = new MessageContext(message);
        try
        {
            return await suspects.TryAsync(context, message, RunAsync, abort).ConfigureAwait(false);
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

        async ValueTask<Processed> RunAsync()
        {
            var result = new Processed(Progress.Abandoned);
            if (single.MayStart(message))
                await ProcessAsync(method, [message], (_, processed) => result = processed, abort).ConfigureAwait(false);
            return result;
        }
    }

    private async ValueTask<Processed?> BeginAsync(InboundMessage message, CancellationToken abort)
    {
        try
        {
            return await single.BeginAsync(new MessageContext(message), message, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return await outcomes.HandBackAsync(new MessageContext(message), message, abort).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.SettlementFailed(logger, e, message.Ack.StreamSequence, message.Consumer.Stream);
            return new Processed(Progress.Abandoned);
        }
    }

    private async ValueTask ProcessAsync(HandlerMethod method, List<InboundMessage> messages, Action<InboundMessage, Processed> done, CancellationToken abort)
    {
        var batch = new HandlerBatch([.. messages.Select(message => new MessageContext(message))]);
        Func<int, Verdict>? verdicts = null; // none: told to stop
        using (BatchActivity activity = BatchActivity.Begin(messages, time))
        {
            Exception? failure = null;
            try
            {
                IReadOnlyList<Outcome>? decided = probe is null
                    ? await InvokeAsync(method, messages, batch, abort).ConfigureAwait(false)
                    : await InvokeSeenAsync(probe, method, messages, batch, abort).ConfigureAwait(false);
                if (decided is not null && decided.Count != batch.Given.Count)
                    throw new InvalidOperationException($"{method.DisplayName} returned {decided.Count} outcomes for {batch.Given.Count} messages. It must return one for each, in the same order.");
                Outcome[]? outcomesOfEach = decided is null ? null : [.. decided]; // the handler's own list, which it may still change
                verdicts = outcomesOfEach is null ? _ => default : i => new Verdict(outcomesOfEach[i], null);
            }
            catch (OperationCanceledException) when (abort.IsCancellationRequested)
            {
                // handed back below
            }
            catch (Exception e)
            {
                failure = e;
                Verdict verdict = dispatcher.Judge(e);
                verdicts = _ => verdict;
            }

            activity.Ended(failure);
        }

        for (int i = 0; i < batch.Given.Count; i++)
            await EndAsync(batch.Given[i], verdicts?.Invoke(i)).ConfigureAwait(false);
        foreach ((MessageContext message, Exception error) in batch.Poison)
            await EndAsync(message, dispatcher.Judge(error)).ConfigureAwait(false);

        async ValueTask EndAsync(MessageContext context, Verdict? verdict) => done(context.Current, await SettleAsync(context, context.Current, verdict, abort).ConfigureAwait(false));
    }

    private async ValueTask<IReadOnlyList<Outcome>?> InvokeSeenAsync(
        IWorkerProbe around, HandlerMethod method, List<InboundMessage> messages, HandlerBatch batch, CancellationToken abort)
    {
        IReadOnlyList<Outcome>? decided = null;
        messages.ForEach(message => around.Calling(message, method.DisplayName));
        await around.AroundHandlersAsync(messages[0], async token => decided = await InvokeAsync(method, messages, batch, token).ConfigureAwait(false), abort).ConfigureAwait(false);
        return decided;
    }

    private async ValueTask<IReadOnlyList<Outcome>?> InvokeAsync(HandlerMethod method, List<InboundMessage> messages, HandlerBatch batch, CancellationToken abort)
    {
        TimeSpan? timeout = settings.Current.HandlerTimeout;
        using var timer = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, abort);
        try
        {
            if (!activator.NeedsScope)
                return await method.InvokeBatch!(activator.Get(0, handlers.Type, messages[0].Consumer.RootServices), batch, either.Token).ConfigureAwait(false);
            var scope = activator.CreateScope();
            await using (scope.ConfigureAwait(false))
            {
                messages.ForEach(message => message.Services = scope.ServiceProvider);
                return await method.InvokeBatch!(activator.Get(0, handlers.Type, scope.ServiceProvider), batch, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (timer.IsCancellationRequested && !abort.IsCancellationRequested)
        {
            throw new TimeoutException($"{method.DisplayName} took longer than HandlerTimeout ({timeout}).", e);
        }
        finally
        {
            messages.ForEach(message => message.Services = null); // they are disposed, and HandleErrorAsync may still want some
        }
    }

    private async ValueTask<Processed> SettleAsync(MessageContext context, InboundMessage message, Verdict? verdict, CancellationToken abort)
    {
        try
        {
            return verdict is { } decided
                ? await outcomes.SettleAsync(context, message, decided, abort).ConfigureAwait(false)
                : await outcomes.HandBackAsync(context, message, abort).ConfigureAwait(false);
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
}
