using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Writes <c>MaxDeliver</c> and <c>BackoffDelays</c> in place of the members of version 1: one attempt more than retries, and the delays as they were.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RetryMembersFix() : DocumentFix("NATS0608", "NATS0608_UseMaxDeliver")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        diagnostic.Properties.ContainsKey(RetryMembers.MaxDeliver) && Parts(diagnostic, root) is { Count: 1 } parts && parts[0].BaseList is { } bases && Legacy(bases) is not null && IsFree(parts[0])
            ? "Use MaxDeliver and BackoffDelays"
            : null;

    private protected override async Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var source = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var changes = diagnostics.SelectMany(diagnostic => Changes(diagnostic, Parts(diagnostic, root)[0], model, LineBreaks.Of(root)));
        return document.WithText(source.WithChanges(changes.OrderBy(change => change.Span.Start)));
    }

    private static IEnumerable<TextChange> Changes(Diagnostic diagnostic, ClassDeclarationSyntax type, SemanticModel? model, string lineBreak)
    {
        var legacy = Legacy(type.BaseList!)!;
        yield return new TextChange(legacy.Span, legacy.ToString().Replace("Convention", ""));
        var old = Old(type);
        var outer = Indentation.Of(type);
        var indentation = Indentation.Within(outer);
        var attempts = diagnostic.Properties[RetryMembers.MaxDeliver];
        var seconds = diagnostic.Properties[RetryMembers.Delays]!.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(Delay);
        List<string> members = [];
        if (type.Members.OfType<PropertyDeclarationSyntax>().All(property => property.Identifier.ValueText != "MaxDeliver"))
            members.Add($"public override int MaxDeliver => {attempts};");
        if (seconds.Any() && type.Members.OfType<PropertyDeclarationSyntax>().All(property => property.Identifier.ValueText is not ("BackoffDelays" or "Retry")))
            members.Add($"public override {Written("System.Collections.Generic", "IReadOnlyList", model, type)}<{Written("System", "TimeSpan", model, type)}> BackoffDelays => [{string.Join(", ", seconds)}];");
        var text = string.Join($"{lineBreak}{lineBreak}{indentation}", members);

        if (old.Count > 0)
        {
            // In the place of the first one; the others go with the lines that they stand on.
            yield return new TextChange(old[0].Span, text);
            foreach (var member in old.Skip(1))
                yield return new TextChange(TextSpan.FromBounds(member.GetFirstToken().GetPreviousToken().Span.End, member.Span.End), Comments(member, lineBreak + indentation));
        }
        else if (type.SemicolonToken.IsKind(SyntaxKind.SemicolonToken))
        {
            yield return new TextChange(type.SemicolonToken.Span, $"{lineBreak}{outer}{{{lineBreak}{indentation}{text}{lineBreak}{outer}}}");
        }
        else if (type.Members.Count == 0)
        {
            yield return new TextChange(new TextSpan(type.OpenBraceToken.Span.End, 0), $"{lineBreak}{indentation}{text}");
        }
        else
        {
            yield return new TextChange(new TextSpan(type.Members[type.Members.Count - 1].Span.End, 0), $"{lineBreak}{lineBreak}{indentation}{text}");
        }

        string Delay(string value) => $"{Written("System", "TimeSpan", model, type)}.FromSeconds({value})";
    }

    private static List<PropertyDeclarationSyntax> Old(ClassDeclarationSyntax type) =>
        [.. type.Members.OfType<PropertyDeclarationSyntax>().Where(property => RetryMembers.Names.Contains(property.Identifier.ValueText))];

    /// <summary>Whether the class does not ask for them itself, and none of them depends on <c>#if</c>.</summary>
    private static bool IsFree(ClassDeclarationSyntax type)
    {
        var old = Old(type);
        return !type.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => RetryMembers.Names.Contains(name.Identifier.ValueText) && !old.Any(property => property.Span.Contains(name.Span)))
            && (old.Count == 0 || !type.DescendantTrivia(TextSpan.FromBounds(old[0].FullSpan.Start, old[old.Count - 1].FullSpan.End)).Any(trivia => trivia.IsDirective));
    }

    /// <summary>What people wrote about a member that goes, and behind the one before it.</summary>
    private static string Comments(MemberDeclarationSyntax member, string newLine) => string.Concat(
        member.GetFirstToken().GetPreviousToken().TrailingTrivia.Where(Trivia.IsComment).Select(comment => $" {comment}").Concat(member.GetLeadingTrivia().Where(Trivia.IsComment).Select(comment => newLine + comment)));

    private static string Written(string space, string name, SemanticModel? model, ClassDeclarationSyntax type) =>
        model?.LookupNamespacesAndTypes(type.OpenBraceToken.SpanStart, name: name).Any(found => found.ContainingNamespace?.ToDisplayString() == space) == true ? name : $"{space}.{name}";

    private static List<ClassDeclarationSyntax> Parts(Diagnostic diagnostic, SyntaxNode root) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ClassDeclarationSyntax>() is { } type && !type.Modifiers.Any(SyntaxKind.PartialKeyword) ? [type] : [];

    private static TypeSyntax? Legacy(BaseListSyntax bases) => bases.Types.Select(type => type.Type).FirstOrDefault(type => type.ToString().Split('.').Last() is "ConventionPullConsumer" or "ConventionPushConsumer");
}
