using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0602: why a person has to move a class.</summary>
internal static class Obstacles
{
    public static void Judge(ConventionClass found, SymbolAnalysisContext context)
    {
        foreach (var obstacle in found.Obstacles)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0602_Obstacle, found.LocationOf(obstacle.Location, context.Compilation), found.Type.Name, obstacle.Why));
    }
}
