using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers;

/// <summary>
/// What every analyzer here has in common, so that none can forget it: concurrent, blind to generated code, and gone at once where the runtime is not referenced.
/// </summary>
public abstract class NatsAnalyzer : DiagnosticAnalyzer
{
    private protected NatsAnalyzer(params DiagnosticDescriptor[] rules) => SupportedDiagnostics = [.. rules];

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (NatsSymbols.Find(start.Compilation) is { } symbols)
                Register(start, symbols);
        });
    }

    /// <summary>Called once for each compilation that references the runtime. State lives in what is registered, never in fields.</summary>
    private protected abstract void Register(CompilationStartAnalysisContext context, NatsSymbols symbols);
}
