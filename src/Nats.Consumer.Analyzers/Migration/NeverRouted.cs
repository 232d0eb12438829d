using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Migration;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0604: what is listed in vain.</summary>
internal static class NeverRouted
{
    public static void Judge(ConventionClass found, SymbolAnalysisContext context)
    {
        if (found.Type.IsAbstract)
            return;
        foreach (var route in found.Routes.Where(route => !found.Stated.Contains(route.Subject)))
        {
            if (Why(route, found) is { } why)
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0604_NeverRouted, found.LocationOf(route.Subject, context.Compilation), route.Subject, why));
        }
    }

    private static string? Why(ConventionRoute<IMethodSymbol> route, ConventionClass found) => route.Fate switch
    {
        ConventionFate.Wildcard => $"wildcards were skipped. Write a method with [Handle(\"{route.Subject}\")] if you want these messages.",
        ConventionFate.Invalid => "it is no subject, and no message can have it.",
        ConventionFate.Unnameable => $"no method can be called {ConventionNames.MethodOf(route.Subject)}. Write a method with [Handle(\"{route.Subject}\")], or use dots.",
        ConventionFate.NoMethod => NoMethod(route.Subject, found),
        _ => null,
    };

    private static string NoMethod(string subject, ConventionClass found)
    {
        var name = ConventionNames.MethodOf(subject);
        for (var current = found.Type; current is not null && !ConventionReader.IsRoot(current); current = current.BaseType)
        {
            if (current.GetMembers().OfType<IMethodSymbol>().Any(method => method.Name == name || ConventionNames.Means(method.Name, subject)))
                return "the method of its name cannot be called as a handler, so its messages go to the fallback.";
        }
        return $"there is no method {name}, so its messages go to the fallback.";
    }
}
