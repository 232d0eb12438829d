using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Across;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>NATS0306: a handler class of the program that no consumer calls.</summary>
internal static class UnusedHandlerClass
{
    public static void Judge(Application application, Action<Diagnostic> report)
    {
        if (application.Consumers.Any(consumer => !consumer.Handlers.IsKnown))
            return;
        var why = application.Consumers.Any(consumer => consumer.Handlers.Value.IsEmpty) ? "none takes its subjects" : "none names it";
        foreach (var handler in application.Handlers)
        {
            // A class without methods is NATS0302; what another assembly brings along need not be used, and others may be made of it.
            if ((handler.HasMethods || handler.OverridesFallback) && handler.Type.Locations[0].IsInSource && application.CallersOf(handler).Count == 0 && !application.Handlers.Any(other => other.Type.DerivesFrom(handler.Type)))
                report(Diagnostic.Create(Descriptors.NATS0306_UnusedHandlerClass, handler.Type.Locations[0], handler.Type.Name, why));
        }
    }
}
