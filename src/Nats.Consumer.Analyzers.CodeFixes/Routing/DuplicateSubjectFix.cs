using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>
/// Removes the second subject; with it the attribute, if nothing is left in it. A method that would lose its last [Handle] is left alone: which of the two
/// methods is meant is for a person to say.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DuplicateSubjectFix() : DocumentFix("NATS0201", "NATS0201_RemoveSecond")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root)
    {
        if (Find(diagnostic, root) is not { } argument || argument.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method || method.AttributeLists.Any(IsConditional))
            return null;
        // Whatever else is removed, the first subject of each method stays.
        var first = method.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => IsHandle(attribute) || attribute == AttributeOf(argument)).SelectMany(ArgumentsOf).First();
        return first == argument ? null : $"Remove {argument.Expression}";
    }

    private protected override Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var gone = new HashSet<SyntaxNode>(diagnostics.Select(diagnostic => Find(diagnostic, root)!));
        foreach (var attribute in gone.OfType<AttributeArgumentSyntax>().Select(AttributeOf).ToList())
            Absorb(attribute, ArgumentsOf(attribute), gone);
        foreach (var list in gone.OfType<AttributeSyntax>().Select(attribute => (AttributeListSyntax)attribute.Parent!).ToList())
            Absorb(list, list.Attributes, gone);
        // A line of its own goes as a whole; comments stay, and so does what the line begins or ends with otherwise.
        var shared = gone.Where(node => node is AttributeListSyntax && !IsLine(node)).ToList();
        var changed = root.TrackNodes(gone);
        changed = changed.RemoveNodes(changed.GetCurrentNodes(gone.Except(shared)), SyntaxRemoveOptions.KeepNoTrivia)!;
        changed = changed.RemoveNodes(changed.GetCurrentNodes<SyntaxNode>(shared), SyntaxRemoveOptions.KeepExteriorTrivia)!;
        return Task.FromResult(document.WithSyntaxRoot(changed));
    }

    private static bool IsLine(SyntaxNode node) =>
        !Trivia.HasComment(node.GetLeadingTrivia()) && !Trivia.HasComment(node.GetTrailingTrivia()) && node.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);

    private static bool IsConditional(AttributeListSyntax list) => Trivia.HasDirectiveWithin(list) || list.GetLastToken().GetNextToken().LeadingTrivia.Any(trivia => trivia.IsDirective);

    private static AttributeSyntax AttributeOf(AttributeArgumentSyntax argument) => argument.FirstAncestorOrSelf<AttributeSyntax>()!;

    /// <summary>Instead of all the parts, the whole goes.</summary>
    private static void Absorb(SyntaxNode whole, IEnumerable<SyntaxNode> parts, HashSet<SyntaxNode> gone)
    {
        if (!parts.All(gone.Contains))
            return;
        gone.ExceptWith(parts);
        gone.Add(whole);
    }

    private static AttributeArgumentSyntax? Find(Diagnostic diagnostic, SyntaxNode root) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument && argument.Expression.Span == diagnostic.Location.SourceSpan
            ? argument
            : null;

    private static bool IsHandle(AttributeSyntax attribute) => attribute.Name.ToString().Split('.').Last() is "Handle" or "HandleAttribute";

    private static IEnumerable<AttributeArgumentSyntax> ArgumentsOf(AttributeSyntax attribute) => attribute.ArgumentList?.Arguments ?? [];
}
