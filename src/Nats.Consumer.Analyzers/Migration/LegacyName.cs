using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0609: <c>handle_created</c> with [Handle]. Where a name decides on routing still, it stays.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LegacyName() : NatsAnalyzer(Descriptors.NATS0609_LegacyName)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => context.RegisterSymbolAction(
        symbol =>
        {
            var method = (IMethodSymbol)symbol.Symbol;
            if (!method.Name.StartsWith("handle_", StringComparison.OrdinalIgnoreCase) || method.Name.Trim('_').Length <= "handle_".Length || method.IsOverride || IsFixedElsewhere(method))
                return;
            if (!symbols.IsHandlerClass(method.ContainingType) || !symbols.IsHandlerMethod(method) || method.ContainingType.DerivesFrom(symbols.ConventionHandler))
                return;
            var name = ModernNames.Of(method.Name);
            // Two methods would have it where one is handle_created, and the other handle_Created.
            if (!ModernNames.IsTaken(name, method.ContainingType) && method.ContainingType.GetMembers().Count(other => IsHandlerName(other.Name) && ModernNames.Of(other.Name) == name) == 1)
                symbol.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0609_LegacyName, method.Locations[0], method.Name, name));
        },
        SymbolKind.Method);

    private static bool IsHandlerName(string name) => name.StartsWith("handle_", StringComparison.OrdinalIgnoreCase);

    /// <summary>An interface of another assembly has the name.</summary>
    private static bool IsFixedElsewhere(IMethodSymbol method) => method.ContainingType.AllInterfaces
        .SelectMany(type => type.GetMembers())
        .Any(member => member.DeclaringSyntaxReferences.IsEmpty && method.ContainingType.FindImplementationForInterfaceMember(member).Is(method));
}
