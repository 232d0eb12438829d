using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>NATS0515: a handler that asks for a retry, and none of the consumers that call it has a second attempt.</summary>
internal static class NoAttemptLeft
{
    public static void Judge(Application application, Action<Diagnostic> report)
    {
        var handlers = application.Handlers.ToDictionary(handler => (ISymbol)handler.Type, SymbolEqualityComparer.Default);
        foreach (var (type, what, location) in application.Retries)
        {
            if (!handlers.TryGetValue(type, out var handler))
                continue;
            var callers = application.CallersOf(handler);
            if (callers.Count > 0 && callers.All(consumer => consumer is { Handlers.IsKnown: true, MaxDeliver: { IsKnown: true, Value: 1 } }))
                report(Diagnostic.Create(Descriptors.NATS0515_NoAttemptLeft, location, what, string.Join(" and ", callers.Select(consumer => consumer.Type.Name))));
        }
    }
}
