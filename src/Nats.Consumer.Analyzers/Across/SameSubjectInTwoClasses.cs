using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>
/// NATS0401: two handler classes of one consumer take the same pattern, and each message runs both. Who names both in <c>Handlers</c> knows that; what the runtime
/// finds by itself may be a surprise, and two classes with the same patterns throughout are one and its copy.
/// </summary>
internal static class SameSubjectInTwoClasses
{
    public static void JudgeStated(ConsumerModel consumer, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        var stated = consumer.Handlers.IsKnown ? consumer.Handlers.Value : [];
        var handlers = stated.Where(handler => symbols.IsHandlerClass(handler.Type)).Select(handler => symbols.ModelOf(handler.Type, context.CancellationToken)).ToList();
        foreach (var (first, second, shared) in Pairs(handlers, consumer).Where(pair => IsCopy(pair.First, pair.Second)))
            Report(Descriptors.NATS0401_SameSubjectInTwoClasses, stated.First(handler => handler.Type.Is(second.Type)).Syntax.GetLocation(), consumer, first, second, shared, context.ReportDiagnostic);
    }

    public static void JudgeFound(Application application, Action<Diagnostic> report)
    {
        var said = new HashSet<(HandlerModel, HandlerModel)>();
        foreach (var consumer in application.Consumers.Where(consumer => consumer.Handlers is { IsKnown: true, Value.IsEmpty: true }))
        {
            foreach (var (first, second, shared) in Pairs(application.HandlersOf(consumer), consumer))
            {
                var location = shared.Syntax is null ? second.Type.Locations[0] : second.LocationOf(shared);
                if (location.IsInSource && said.Add((first, second)))
                    Report(Descriptors.NATS0401_SameSubjectInTwoClassesAtEnd, location, consumer, first, second, shared, report);
            }
        }
    }

    /// <summary>Two classes and the first pattern that they share; each class once, with the first class that it shares one with.</summary>
    private static IEnumerable<(HandlerModel First, HandlerModel Second, HandlerPattern Shared)> Pairs(IEnumerable<HandlerModel> handlers, ConsumerModel consumer)
    {
        var takers = new Dictionary<SubjectPattern, HandlerModel>();
        foreach (var handler in handlers)
        {
            var taken = handler.Patterns.Where(pattern => pattern.Pattern is not null && consumer.Takes(pattern.Pattern)).ToList();
            if (taken.FirstOrDefault(pattern => takers.ContainsKey(pattern.Pattern!)) is { } shared)
                yield return (takers[shared.Pattern!], handler, shared);
            foreach (var pattern in taken.Where(pattern => !takers.ContainsKey(pattern.Pattern!)))
                takers.Add(pattern.Pattern!, handler);
        }
    }

    private static bool IsCopy(HandlerModel first, HandlerModel second) => first.Type.ContainingAssembly.Is(second.Type.ContainingAssembly)
        && new HashSet<SubjectPattern>(first.Patterns.Select(pattern => pattern.Pattern!)).SetEquals(second.Patterns.Select(pattern => pattern.Pattern!));

    private static void Report(
        DiagnosticDescriptor rule, Location location, ConsumerModel consumer, HandlerModel first, HandlerModel second, HandlerPattern shared, Action<Diagnostic> report)
    {
        var severity = IsCopy(first, second) ? DiagnosticSeverity.Warning : rule.DefaultSeverity;
        report(Diagnostic.Create(rule, location, severity, additionalLocations: null, properties: null, second.Type.Name, first.Type.Name, shared.Text, consumer.Type.Name));
    }
}
