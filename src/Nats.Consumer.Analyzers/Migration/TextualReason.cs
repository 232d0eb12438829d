using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0607: a fallback that takes its reason as a text.</summary>
internal static class TextualReason
{
    /// <summary>A property of the finding: nothing stands in the way.</summary>
    public const string CanRewrite = nameof(CanRewrite);

    public static void Judge(ConventionClass found, SymbolAnalysisContext context)
    {
        if (found.Fallback is not { } fallback)
            return;
        var properties = IsExact(found) ? ImmutableDictionary<string, string?>.Empty.Add(CanRewrite, "") : ImmutableDictionary<string, string?>.Empty;
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0607_TextualReason, fallback.Reason.Type!.GetLocation(), properties));
    }

    /// <summary>Where 'not_implemented' may come, its messages would take another branch.</summary>
    private static bool IsExact(ConventionClass found) => found.Fallback!.Obstacles.Count == 0 && !(found.Fallback.Distinguishes && found.Routes.Any(ConventionReader.IsNotImplemented));
}
