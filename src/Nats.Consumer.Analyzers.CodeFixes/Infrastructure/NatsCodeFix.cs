using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers;

/// <summary>What every fix here has in common: it is for one rule, and it has a key.</summary>
public abstract class NatsCodeFix : CodeFixProvider
{
    private protected NatsCodeFix(string ruleId, string equivalenceKey)
    {
        FixableDiagnosticIds = [ruleId];
        EquivalenceKey = equivalenceKey;
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>The rule's id and what is done: <c>NATS0101_UseDots</c>.</summary>
    public string EquivalenceKey { get; }
}
