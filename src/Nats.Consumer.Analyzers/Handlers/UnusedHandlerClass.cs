using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>NATS0306. <see cref="Routing.ConsumerReach"/> knows who calls whom.</summary>
internal static class UnusedHandlerClass
{
    public static void Report(HandlerModel handler, ImmutableArray<ConsumerModel> consumers, Action<Diagnostic> report)
    {
        // A class without methods is NATS0302.
        if (!handler.HasMethods && !handler.OverridesFallback)
            return;
        var why = consumers.Any(consumer => consumer.Handlers!.Value.IsEmpty) ? "none takes its subjects" : "none names it";
        report(Diagnostic.Create(Descriptors.NATS0306_UnusedHandlerClass, handler.Type.Locations[0], handler.Type.Name, why));
    }
}
