using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0509: <c>StreamOperation.Create</c> in a consumer's Setup().</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CreateOnly() : NatsAnalyzer(Descriptors.NATS0509_CreateOnly)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => context.RegisterOperationAction(
        operation =>
        {
            var call = (IInvocationOperation)operation.Operation;
            if (call.TargetMethod.Name == "Create" && call.TargetMethod.ContainingType.Is(symbols.StreamOperation) && symbols.IsSetup(operation.ContainingSymbol))
                operation.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0509_CreateOnly, call.Syntax.GetLocation()));
        },
        OperationKind.Invocation);
}
