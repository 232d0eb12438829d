using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>NATS0307: what the generator leaves to reflection. A hint, and a warning in what is to be trimmed, where the worker would refuse to start.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerTableAnalyzer() : NatsAnalyzer(Descriptors.NATS0307_NotInTable)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        if (TableAssembly.Read(context.Compilation, symbols, context.CancellationToken) is null)
            return;
        var reader = new HandlerReader(context.Compilation, symbols);
        var severity = IsTrimmed(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
        context.RegisterSymbolAction(
            symbol =>
            {
                if (reader.Read((INamedTypeSymbol)symbol.Symbol) is { Unlisted: { } why })
                {
                    symbol.ReportDiagnostic(Diagnostic.Create(
                        Descriptors.NATS0307_NotInTable, symbol.Symbol.Locations[0], severity, additionalLocations: null, properties: null, symbol.Symbol.Name, why));
                }
            },
            SymbolKind.NamedType);
    }

    private static bool IsTrimmed(AnalyzerConfigOptions options) => IsOn(options, "EnableTrimAnalyzer") || IsOn(options, "EnableAotAnalyzer");

    private static bool IsOn(AnalyzerConfigOptions options, string property) =>
        options.TryGetValue($"build_property.{property}", out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
