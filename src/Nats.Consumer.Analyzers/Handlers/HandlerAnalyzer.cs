using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>Runs the rules that judge declarations: what the runtime would refuse at start, in the same words.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer() : NatsAnalyzer(
    Descriptors.NATS0001_InvalidSubject, Descriptors.NATS0301_HandlerSignature, Descriptors.NATS0302_NotAHandlerClass)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        context.RegisterSymbolAction(
            symbol =>
            {
                var method = (IMethodSymbol)symbol.Symbol;
                if (!symbols.IsHandlerClass(method.ContainingType) || !symbols.IsHandlerMethod(method) || symbols.IsFallback(method))
                    return;
                HandlerSignature.Judge(method, symbols, symbol);
                NoSubject.Judge(method, symbols, symbol);
            },
            SymbolKind.Method);
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                NotAHandlerClass.Judge(type, symbols, symbol);
                if (symbols.IsHandlerClass(type))
                    HandlerSignature.JudgeInherited(type, symbols, symbol);
            },
            SymbolKind.NamedType);
    }
}
