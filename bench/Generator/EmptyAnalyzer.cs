using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.GeneratorBench;

/// <summary>
/// The baseline of the rules: it asks for what they ask for and looks at nothing. A real project pays for that in any case, since the SDK's own analyzers ask for all
/// of it, and more.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EmptyAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new("BENCH0001", "Never", "Never", "Bench", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            start.RegisterSymbolAction(_ => { }, SymbolKind.NamedType, SymbolKind.Method);
            start.RegisterOperationBlockAction(_ => { });
            start.RegisterOperationAction(
                _ => { },
                OperationKind.Argument,
                OperationKind.SimpleAssignment,
                OperationKind.Return,
                OperationKind.PropertyInitializer,
                OperationKind.FieldInitializer,
                OperationKind.ParameterInitializer,
                OperationKind.ObjectCreation,
                OperationKind.With,
                OperationKind.PropertyReference,
                OperationKind.Invocation);
            start.RegisterSymbolStartAction(_ => { }, SymbolKind.NamedType);
            start.RegisterCompilationEndAction(_ => { });
        });
    }
}
