using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Acknowledgement;

/// <summary>NATS0703: <c>finally { await message.AckAsync(); }</c>. Under a condition it is let be: the condition may be that nothing failed.</summary>
internal static class SettledInFinally
{
    public static void Judge(IOperation operation, NatsSymbols symbols, OperationBlockAnalysisContext context)
    {
        if (operation is not ITryOperation { Finally: { } block })
            return;
        foreach (var statement in block.Operations)
        {
            if (Settlements.Of(statement, symbols) is var (name, _))
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0703_SettledInFinally, statement.Syntax.GetLocation(), name));
        }
    }
}
