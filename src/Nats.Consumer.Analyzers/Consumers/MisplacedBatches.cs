using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Across;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0519: the runtime's checks of consumers whose handlers take several messages at a time, in its words.</summary>
internal static class MisplacedBatches
{
    /// <summary>Where the consumer names its handlers.</summary>
    public static void JudgeStated(ConsumerModel consumer, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        var stated = consumer.Handlers.IsKnown ? consumer.Handlers.Value : [];
        var handlers = stated.Select(handler => handler.Type).Where(symbols.IsHandlerClass).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default).ToList();
        var models = handlers.Select(type => symbols.ModelOf(type, context.CancellationToken)).ToList();
        if (Wrong(consumer, models) is var (batch, message))
        {
            var syntax = stated.First(handler => handler.Type.Is(batch.Type)).Syntax;
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0519_MisplacedBatches, syntax.GetLocation(), message));
        }
    }

    /// <summary>Where they are all that the program has.</summary>
    public static void JudgeFound(Application application, Action<Diagnostic> report)
    {
        foreach (var consumer in application.Consumers.Where(consumer => consumer.Handlers is { IsKnown: true, Value.IsEmpty: true } && consumer.Subjects.IsKnown))
        {
            if (Wrong(consumer, application.HandlersOf(consumer)) is var (_, message))
                report(Diagnostic.Create(Descriptors.NATS0519_MisplacedBatchesAtEnd, consumer.Location, message));
        }
    }

    private static (HandlerModel Batch, string Message)? Wrong(ConsumerModel consumer, IReadOnlyList<HandlerModel> handlers)
    {
        if (handlers.FirstOrDefault(handler => handler.TakesBatches) is not { } batch)
            return null;
        if (handlers.Count > 1)
            return (batch, $"{batch.Type.Name} takes batches, and then it must be the only handler class of its consumer. Name it in Handlers, and give the others a consumer of their own.");
        var without = consumer.IsOrdered ? "an ordered consumer" : consumer.OrderBy is { IsStated: true, Value: not null } ? "a consumer with OrderBy" : null;
        return without is null ? null : (batch, $"{batch.Type.Name} takes batches, which {without} does not make. Take one message at a time.");
    }
}
