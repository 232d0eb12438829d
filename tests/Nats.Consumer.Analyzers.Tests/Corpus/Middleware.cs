using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Around;

public sealed class Transaction(IUnitOfWork work) : IConsumerMiddleware
{
    public async ValueTask<Outcome> InvokeAsync(MessageContext message, ConsumerDelegate next, CancellationToken cancellationToken)
    {
        Outcome outcome = await next(message, cancellationToken);
        if (outcome.Kind == OutcomeKind.Ack)
            await work.CommitAsync(cancellationToken);
        return outcome;
    }
}

public sealed class Deduplication : IConsumerMiddleware
{
    private static readonly HashSet<ulong> Seen = [];

    public ValueTask<Outcome> InvokeAsync(MessageContext message, ConsumerDelegate next, CancellationToken cancellationToken)
    {
        lock (Seen)
        {
            if (!Seen.Add(message.StreamSequence))
                return ValueTask.FromResult(Outcome.Drop("seen before"));
        }

        return next(message, cancellationToken);
    }
}

public sealed class ScopedHandler : ConsumerHandler
{
    private MessageContext _message;

    [Handle("around.work")]
    public async Task OnWorkAsync(MessageContext message, CancellationToken cancellationToken)
    {
        _message = message;
        using Activity? activity = new ActivitySource("app").StartActivity();
        IUnitOfWork work = message.Services.GetRequiredService<IUnitOfWork>();
        await work.CommitAsync(cancellationToken);
        await StepAsync();
    }

    private async Task StepAsync() => await _message.InProgressAsync();
}

public interface IUnitOfWork
{
    Task CommitAsync(CancellationToken cancellationToken);
}
