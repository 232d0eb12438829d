using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Handlers;

namespace Nats.Consumer.Analyzers.Acknowledgement;

/// <summary>Runs the rules that judge how handlers settle by hand.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SettlementAnalyzer() : NatsAnalyzer(
    Descriptors.NATS0701_SettledTwice, Descriptors.NATS0703_SettledInFinally, Descriptors.NATS0704_ContextOutlivesHandler)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => HandlerBodies.Register(context, symbols, method => method.Parameters.Any(parameter => parameter.Type.Is(symbols.MessageContext)), (block, _, operations) =>
    {
        SettledTwice.Judge(operations, symbols, block);
        foreach (var operation in operations)
        {
            SettledInFinally.Judge(operation, symbols, block);
            ContextOutlivesHandler.Judge(operation, symbols, block);
        }
    });
}
