using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0518: <c>.Retry&lt;Exception>().DeadLetter&lt;ValidationException>()</c>. <c>Otherwise</c> may stand anywhere.</summary>
internal static class ShadowedExceptionRule
{
    public static void Judge(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        var earlier = new List<ITypeSymbol>();
        foreach (var rule in consumer.Exceptions)
        {
            if (rule.Exception is not { } type)
                continue;
            if (earlier.FirstOrDefault(other => other.Is(type) || type.DerivesFrom(other as INamedTypeSymbol)) is { } shadow)
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0518_ShadowedExceptionRule, rule.Syntax.GetLocation(), rule.Syntax.ToString(), shadow.Name, type.Name));
            earlier.Add(type);
        }
    }
}
