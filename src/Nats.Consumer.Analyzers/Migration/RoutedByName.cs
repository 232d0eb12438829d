using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0601: a class that the fix can move.</summary>
internal static class RoutedByName
{
    public static void Judge(ConventionClass found, SymbolAnalysisContext context)
    {
        if (found.CanMove)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0601_RoutedByName, found.Type.Locations[0], found.Type.Name));
    }
}
