using Nats.Consumer.Handling;

namespace Nats.Consumer.Tests.Fakes;

/// <summary>
/// A handler whose methods are lambdas. Each <typeparamref name="TKind"/> makes another class of it; and being generic, it is no handler that the catalogue of the whole
/// test assembly finds.
/// </summary>
internal sealed class StubHandler<TKind> : ConsumerHandler
{
    public Func<MessageContext, FallbackReason, ValueTask<Outcome>>? Fallback { get; init; }

    public static HandlerMethod On(string pattern, Func<MessageContext, CancellationToken, ValueTask<Outcome>> handle) =>
        new($"Stub.{pattern}", [pattern], [], (_, message, _, cancellationToken) => handle(message, cancellationToken));

    public static HandlerMethod On(string pattern, Func<MessageContext, Outcome> handle) => On(pattern, (message, _) => ValueTask.FromResult(handle(message)));

    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) =>
        Fallback?.Invoke(message, reason) ?? base.FallbackAsync(message, reason, cancellationToken);
}
