using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Suppressors;

/// <summary>Silences rules that do not know that the runtime makes handlers and consumers and calls their methods.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor[] OfMethods =
    [
        new("NATSS0001", "CA1822", "The runtime calls handler methods on an instance."),
        new("NATSS0002", "IDE0051", "The runtime calls handler methods, private ones as well."),
        new("NATSS0003", "VSTHRD200", "Nobody but the runtime calls handler methods, and they are named after what happened."),
    ];

    private static readonly SuppressionDescriptor[] OfTypes =
    [
        new("NATSS0004", "CA1812", "The runtime makes handlers and consumers."),
        new("NATSS0005", "CA1515", "Handlers and consumers of a worker are public so that tests can reach them."),
    ];

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [.. OfMethods, .. OfTypes];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (NatsSymbols.Find(context.Compilation) is not { } symbols)
            return;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            var symbol = context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken);
            if (Applicable(symbol, symbols).FirstOrDefault(suppression => suppression.SuppressedDiagnosticId == diagnostic.Id) is { } found)
                context.ReportSuppression(Suppression.Create(found, diagnostic));
        }
    }

    private static SuppressionDescriptor[] Applicable(ISymbol? symbol, NatsSymbols symbols) => symbol switch
    {
        IMethodSymbol method when symbols.IsHandlerClass(method.ContainingType) && symbols.IsHandlerMethod(method) => OfMethods,
        INamedTypeSymbol type when symbols.IsHandlerClass(type) || symbols.IsConsumerClass(type) => OfTypes,
        _ => [],
    };
}
