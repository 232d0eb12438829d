using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Handlers;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>
/// NATS0204 and NATS0306: which handlers the consumers of the compilation reach. That a stated class takes nothing of its consumer's subjects is seen at once,
/// as the runtime sees it at start; what no consumer at all reaches is known when all are known.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConsumerReach() : NatsAnalyzer(
    Descriptors.NATS0204_OutsideConsumer, Descriptors.NATS0204_OutsideConsumerAtEnd, Descriptors.NATS0306_UnusedHandlerClass)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        var consumers = new ConcurrentBag<ConsumerModel>();
        var handlers = new ConcurrentBag<INamedTypeSymbol>();
        ConsumerModel.Register(context, symbols, (end, consumer) =>
        {
            consumers.Add(consumer);
            OutsideConsumer.JudgeStated(consumer, symbols, end);
        });
        context.RegisterSymbolAction(
            symbol =>
            {
                if (symbol.Symbol is INamedTypeSymbol { IsAbstract: false, IsGenericType: false } type && symbols.IsHandlerClass(type))
                    handlers.Add(type);
            },
            SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end =>
        {
            if (!consumers.IsEmpty && !OthersMayConsume(end.Compilation, symbols))
                JudgeAll([.. consumers], handlers, symbols, end);
        });
    }

    private static void JudgeAll(ImmutableArray<ConsumerModel> consumers, IEnumerable<INamedTypeSymbol> handlers, NatsSymbols symbols, CompilationAnalysisContext end)
    {
        foreach (var type in SourceOrder.Of(handlers, type => type.Locations[0]))
        {
            if (consumers.Any(consumer => consumer.Handlers is null))
                return;
            var model = HandlerModel.Of(type, symbols, end.CancellationToken);
            var callers = consumers.Where(consumer => Calls(consumer, model)).ToList();
            if (callers.Count == 0)
                UnusedHandlerClass.Report(model, consumers, end.ReportDiagnostic);
            else
                OutsideConsumer.JudgePatterns(model, callers, end.ReportDiagnostic);
        }
    }

    private static bool Calls(ConsumerModel consumer, HandlerModel handler)
    {
        var handlers = consumer.Handlers!.Value;
        // By default a consumer takes the classes of which it takes something; those that only have a fallback are not among them.
        return handlers.IsEmpty
            ? consumer.Subjects is not { } subjects || handler.Patterns.Any(pattern => pattern.Pattern is null || subjects.Any(subject => subject.Overlaps(pattern.Pattern)))
            : handlers.Any(stated => stated.Type.Is(handler.Type));
    }

    /// <summary>A library's handlers are called by consumers elsewhere, and a referenced assembly may hold a consumer that calls ours.</summary>
    private static bool OthersMayConsume(Compilation compilation, NatsSymbols symbols)
    {
        if (compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication))
            return true;
        var runtime = symbols.Handle.ContainingAssembly.Name;
        return compilation.SourceModule.ReferencedAssemblySymbols.Any(reference => reference.Modules.Any(module => module.ReferencedAssemblies.Any(other => other.Name == runtime)));
    }
}
