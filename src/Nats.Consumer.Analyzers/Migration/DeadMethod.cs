using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Migration;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0605: a method that looks like a handler, takes a message, and that no listed subject leads to. Marking it with [Handle] would change what the class does.</summary>
internal static class DeadMethod
{
    public static void Judge(ConventionClass found, ConventionReader reader, SymbolAnalysisContext context)
    {
        if (found.Type.IsAbstract || found.Obstacles.Count > 0)
            return;
        HashSet<string> called = [.. found.Routes.SelectMany(route => route.Candidates).Select(candidate => ConventionReader.SignatureOf(candidate.Method))];
        foreach (var candidate in reader.Candidates(found.Type).Where(candidate => candidate.Method.ContainingType.Is(found.Type) && !called.Contains(ConventionReader.SignatureOf(candidate.Method))))
        {
            var method = candidate.Method;
            if (method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "HandleAttribute") || !method.Parameters.Any(parameter => parameter.Type.Name == "MessageContext"))
                continue;
            var rival = found.Routed.FirstOrDefault(route => route.Candidates[0].Name == method.Name || ConventionNames.Means(method.Name, route.Subject));
            var why = rival is null ? "no listed subject leads to it. It stays without [Handle]." : $"for '{rival.Subject}' {ConventionReader.SignatureOf(rival.Candidates[0].Method)} is called.";
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0605_DeadMethod, method.Locations[0], method.Name, why));
        }
    }
}
