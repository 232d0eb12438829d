using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>Runs the rules that judge the patterns of one handler class against each other. Partial classes come as one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RoutingAnalyzer() : NatsAnalyzer(Descriptors.NATS0201_DuplicateSubject, Descriptors.NATS0202_ShadowedPattern)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => context.RegisterSymbolAction(
        symbol =>
        {
            if (!symbols.IsHandlerClass((INamedTypeSymbol)symbol.Symbol))
                return;
            var model = symbols.ModelOf((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken);
            DuplicateSubject.Judge(model, symbol.ReportDiagnostic);
            ShadowedPattern.Judge(model, symbol.ReportDiagnostic);
        },
        SymbolKind.NamedType);
}
