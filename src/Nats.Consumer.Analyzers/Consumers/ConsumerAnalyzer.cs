using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Across;
using Nats.Consumer.Analyzers.Handlers;
using Nats.Consumer.Analyzers.Routing;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>
/// Runs the rules that judge what consumers say of themselves. What one class shows is said at once; what takes all classes of an application is said when all
/// are known.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConsumerAnalyzer() : NatsAnalyzer(
    Descriptors.NATS0204_OutsideConsumer,
    Descriptors.NATS0204_OutsideConsumerAtEnd,
    Descriptors.NATS0302_NotAHandlerClass,
    Descriptors.NATS0306_UnusedHandlerClass,
    Descriptors.NATS0501_UnusedDelays,
    Descriptors.NATS0502_OneDelayTooMany,
    Descriptors.NATS0503_IgnoredDelays,
    Descriptors.NATS0504_ShortAckWait,
    Descriptors.NATS0511_Abandoned,
    Descriptors.NATS0513_OutOfRange)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        var found = new FoundTypes();
        ConsumerModel.Register(context, symbols, (end, consumer) =>
        {
            found.Consumers.Add(consumer);
            OutOfRange.Judge(consumer, end);
            UnusedDelays.Judge(consumer, end);
            IgnoredDelays.Judge(consumer, end);
            ShortAckWait.Judge(consumer, end);
            Abandoned.Judge(consumer, end);
            ImpossibleHandlers.Judge(consumer, symbols, end);
            OutsideConsumer.JudgeStated(consumer, symbols, end);
        });
        if (Application.CanBe(context.Compilation))
            RegisterApplication(context, symbols, found);
    }

    private static void RegisterApplication(CompilationStartAnalysisContext context, NatsSymbols symbols, FoundTypes found)
    {
        context.RegisterSymbolAction(
            symbol =>
            {
                if (symbol.Symbol is INamedTypeSymbol { IsAbstract: false, IsGenericType: false } type && symbols.IsHandlerClass(type))
                    found.Handlers.Add(type);
            },
            SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end =>
        {
            if (Application.Of(found, symbols, end) is not { } application)
                return;
            UnusedHandlerClass.Judge(application, end.ReportDiagnostic);
            OutsideConsumer.JudgePatterns(application, end.ReportDiagnostic);
        });
    }
}
