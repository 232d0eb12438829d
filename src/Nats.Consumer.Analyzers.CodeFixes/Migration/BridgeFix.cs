using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Takes the old subject away.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BridgeFix() : RemoveElement("NATS0611", "NATS0611_EndBridge")
{
    private protected override string? TitleOf(Diagnostic diagnostic, SyntaxNode element) => $"Remove {element} (nobody may publish it any more)";
}
