using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Handling;
using Nats.Consumer.Routing;

namespace Nats.Consumer.Consuming;

/// <summary>Calls every handler class that takes a message, in order, and makes one verdict of what they decide.</summary>
internal sealed class Dispatcher(
    IReadOnlyList<HandlerClass> classes, HandlerActivator activator, ExceptionPolicy exceptions, IReadOnlyList<Type> middleware, IWorkerProbe? probe = null)
{
    private readonly int _fallback = FirstWithFallback(classes);

    /// <exception cref="OperationCanceledException">The handler was told to stop, and stopped.</exception>
    public ValueTask<Verdict> DispatchAsync(InboundMessage message, CancellationToken cancellationToken) =>
        probe is null ? DispatchUnseenAsync(message, cancellationToken) : DispatchSeenAsync(probe, message, cancellationToken);

    /// <summary>What an exception means.</summary>
    public Verdict Judge(Exception error)
    {
        try
        {
            return new Verdict(exceptions.Decide(error), error) { IsFailure = true };
        }
        catch (Exception e)
        {
            return new Verdict(Outcome.Retry, new AggregateException("The exception policy failed.", e, error)) { IsFailure = true };
        }
    }

    private ValueTask<Verdict> DispatchUnseenAsync(InboundMessage message, CancellationToken cancellationToken) => activator.NeedsScope || middleware.Count > 0
        ? DispatchInScopeAsync(message, cancellationToken)
        : DispatchAsync(message, message.Consumer.RootServices, cancellationToken);

    private async ValueTask<Verdict> DispatchSeenAsync(IWorkerProbe around, InboundMessage message, CancellationToken cancellationToken)
    {
        Verdict verdict = default;
        await around.AroundHandlersAsync(message, async token => verdict = await DispatchUnseenAsync(message, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return verdict;
    }

    private async ValueTask<Verdict> DispatchInScopeAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        Verdict verdict = default;
        try
        {
            AsyncServiceScope scope = activator.CreateScope();
            await using (scope.ConfigureAwait(false))
            {
                message.Services = scope.ServiceProvider;
                verdict = middleware.Count == 0
                    ? await DispatchAsync(message, scope.ServiceProvider, cancellationToken).ConfigureAwait(false)
                    : await DispatchThroughAsync(message, scope.ServiceProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // What a service of the scope fails with when it is disposed, such as a transaction that does not commit, is a failure like the handler's own.
            verdict = verdict.And(JudgeOrStop(e, cancellationToken));
        }
        finally
        {
            message.Services = null; // they are disposed, and HandleErrorAsync may still want some
        }

        return verdict;
    }

    private async ValueTask<Verdict> DispatchAsync(InboundMessage message, IServiceProvider services, CancellationToken cancellationToken)
    {
        Verdict verdict = default;
        bool taken = false;
        for (int i = 0; i < classes.Count; i++)
        {
            if (classes[i].Routes.Find(message.SubjectUtf8) is not { } route)
                continue;
            taken = true;
            verdict = verdict.And(await InvokeAsync(i, route, message, services, cancellationToken).ConfigureAwait(false));
        }

        return taken ? verdict : await FallBackAsync(_fallback, message, FallbackReason.NoHandler, null, services, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Verdict> DispatchThroughAsync(InboundMessage message, IServiceProvider services, CancellationToken cancellationToken)
    {
        Verdict inner = default;
        ConsumerDelegate next = async (_, token) =>
        {
            inner = await DispatchAsync(message, services, token).ConfigureAwait(false);
            if (inner is { IsFailure: true, Error: { } error })
                ExceptionDispatchInfo.Throw(error);
            return inner.Outcome;
        };
        try
        {
            foreach (Type type in middleware.Reverse())
            {
                (var around, ConsumerDelegate rest) = ((IConsumerMiddleware)services.GetRequiredService(type), next);
                next = (context, token) => around.InvokeAsync(context, rest, token);
            }

            Outcome outcome = await next(new MessageContext(message), cancellationToken).ConfigureAwait(false);
            return outcome == inner.Outcome && !inner.IsFailure ? inner : new Verdict(outcome, null);
        }
        catch (Exception e)
        {
            return ReferenceEquals(e, inner.Error) ? inner : JudgeOrStop(e, cancellationToken);
        }
    }

    private ValueTask<Verdict> InvokeAsync(int index, Route route, InboundMessage message, IServiceProvider services, CancellationToken cancellationToken)
    {
        ValueTask<Outcome> outcome;
        try
        {
            message.Route = route;
            probe?.Calling(message, route.Method.DisplayName);
            ConsumerHandler handler = activator.Get(index, classes[index].Type, services);
            outcome = route.Method.Invoke(handler, new MessageContext(message), route, cancellationToken);
        }
        catch (Exception e)
        {
            outcome = ValueTask.FromException<Outcome>(e);
        }

        // Most handlers that do not wait have completed by now.
        return outcome.IsCompletedSuccessfully
            ? ValueTask.FromResult(new Verdict(outcome.Result, null))
            : JudgeAsync(outcome, index, message, services, cancellationToken);
    }

    private async ValueTask<Verdict> JudgeAsync(
        ValueTask<Outcome> outcome, int index, InboundMessage message, IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            return new Verdict(await outcome.ConfigureAwait(false), null);
        }
        catch (TokenMismatchException e)
        {
            return await FallBackAsync(classes[index].OverridesFallback ? index : -1, message, FallbackReason.TokenMismatch, e, services, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return JudgeOrStop(e, cancellationToken);
        }
    }

    private async ValueTask<Verdict> FallBackAsync(
        int index, InboundMessage message, FallbackReason reason, Exception? error, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (index < 0)
            return new Verdict(Outcome.DeadLetter(error?.Message ?? $"No handler takes '{message.Subject}'."), error);
        try
        {
            message.Route = null;
            probe?.Calling(message, $"{classes[index].Type.Name}.FallbackAsync ({reason})");
            ConsumerHandler handler = activator.Get(index, classes[index].Type, services);
            return new Verdict(await handler.InvokeFallbackAsync(new MessageContext(message), reason, cancellationToken).ConfigureAwait(false), error);
        }
        catch (Exception e)
        {
            return JudgeOrStop(e, cancellationToken);
        }
    }

    private Verdict JudgeOrStop(Exception error, CancellationToken cancellationToken)
    {
        if (error is OperationCanceledException)
            cancellationToken.ThrowIfCancellationRequested();
        return Judge(error);
    }

    private static int FirstWithFallback(IReadOnlyList<HandlerClass> classes)
    {
        for (int i = 0; i < classes.Count; i++)
        {
            if (classes[i].OverridesFallback)
                return i;
        }

        return -1;
    }
}
