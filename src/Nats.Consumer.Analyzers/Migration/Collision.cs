using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Migration;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0603: subjects that are handled by one method because names cannot tell them apart. Both stay routed, before and after.</summary>
internal static class Collision
{
    public static void Judge(ConventionClass found, SymbolAnalysisContext context)
    {
        var routed = found.Routes.Where(route => route.Fate == ConventionFate.Routed).GroupBy(route => ConventionReader.SignatureOf(route.Candidates[0].Method));
        foreach (var same in routed)
        {
            var first = same.First().Subject;
            foreach (var route in same.Skip(1))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.NATS0603_Collision, found.LocationOf(route.Subject, context.Compilation), [found.LocationOf(first, context.Compilation)], route.Subject, route.Candidates[0].Name, first));
            }
        }
    }
}
