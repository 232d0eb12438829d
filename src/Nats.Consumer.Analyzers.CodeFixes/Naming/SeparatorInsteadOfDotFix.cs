using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Nats.Consumer.Analyzers.Migration;

namespace Nats.Consumer.Analyzers.Naming;

/// <summary>
/// Dots in place of the old subject, or, in lists, beside it. The command line takes the first fix of a rule; so <c>nats_toolkit.separator_fix</c> can say which one that is, for each file.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SeparatorInsteadOfDotFix() : ReplaceSubject("NATS0101", "NATS0101_UseDots", "Change to \"{0}\" (publishers and streams must follow)")
{
    internal override DocumentFix? Alternative { get; } = new BridgeSubject();

    private protected override bool WantsAlternative(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(SeparatorInsteadOfDot.ByBridge);
}
