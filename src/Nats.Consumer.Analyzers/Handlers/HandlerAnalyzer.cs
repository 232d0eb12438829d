using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>Runs the rules that judge declarations: what the runtime would refuse at start, in the same words.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer() : NatsAnalyzer(Descriptors.NATS0301_HandlerSignature, Descriptors.NATS0302_NotAHandlerClass)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        context.RegisterSymbolAction(
            symbol =>
            {
                var method = (IMethodSymbol)symbol.Symbol;
                if (method.HasAttribute(symbols.Handle) && symbols.IsHandlerClass(method.ContainingType))
                    HandlerSignature.Judge(method, symbols, symbol);
            },
            SymbolKind.Method);
        context.RegisterSymbolAction(symbol => NotAHandlerClass.Judge((INamedTypeSymbol)symbol.Symbol, symbols, symbol), SymbolKind.NamedType);
    }
}
