using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Nats.Consumer.Analyzers.Publishing;

/// <summary>Adds <c>[JsonSerializable(typeof(T))]</c> to the context.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PayloadWithoutMetadataFix() : EditNodes("NATS0802", "NATS0802_AddToContext")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        TypeOf(diagnostic) is not null && Node(diagnostic, root) is ClassDeclarationSyntax ? $"Add [JsonSerializable(typeof({diagnostic.Properties[PayloadWithoutMetadata.ShortName]}))]" : null;

    private protected override void Edit(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic) => editor.ReplaceNode(node, (current, _) =>
    {
        var type = ParseTypeName(TypeOf(diagnostic)!).WithAdditionalAnnotations(Simplifier.Annotation);
        var name = ParseName("global::System.Text.Json.Serialization.JsonSerializable").WithAdditionalAnnotations(Simplifier.Annotation);
        var attribute = Attribute(name, AttributeArgumentList(SingletonSeparatedList(AttributeArgument(TypeOfExpression(type)))));
        var declaration = (ClassDeclarationSyntax)current;
        var indentation = declaration.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var list = AttributeList(SingletonSeparatedList(attribute)).WithTrailingTrivia(EndOfLine(LineBreaks.Of(node)));
        if (declaration.AttributeLists.LastOrDefault() is { } last)
            return declaration.AddAttributeLists(last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? list.WithLeadingTrivia(indentation) : list.WithTrailingTrivia(Space));
        return declaration.WithLeadingTrivia(indentation).WithAttributeLists(SingletonList(list.WithLeadingTrivia(declaration.GetLeadingTrivia())));
    });

    private static string? TypeOf(Diagnostic diagnostic) => diagnostic.Properties.TryGetValue(PayloadWithoutMetadata.TypeName, out var type) ? type : null;
}
