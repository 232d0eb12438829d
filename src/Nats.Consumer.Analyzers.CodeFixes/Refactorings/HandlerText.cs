using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Refactorings;

/// <summary>Writes handlers. They throw until somebody fills them in: a message that nobody handles must not be acknowledged.</summary>
internal static class HandlerText
{
    private const string Indentation = "    ";

    public static async Task<Document> AddMethodAsync(Document document, ClassDeclarationSyntax type, SubjectPattern subject, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var lineBreak = LineBreaks.Of(type);
        var names = new HashSet<string>(type.Members.OfType<MethodDeclarationSyntax>().Select(method => method.Identifier.ValueText));
        var text = Method(subject, MethodName(subject, names), IndentationOf(type) + Indentation, lineBreak);
        var method = SyntaxFactory.ParseMemberDeclaration((type.Members.Count > 0 ? lineBreak : "") + text)!.WithAdditionalAnnotations(Simplifier.Annotation);
        return document.WithSyntaxRoot(root.ReplaceNode(type, type.AddMembers(method)));
    }

    public static Document AddClass(Document document, SyntaxNode root, TypeDeclarationSyntax consumer, INamedTypeSymbol symbol, SubjectPattern subject)
    {
        var (indentation, lineBreak) = (IndentationOf(consumer), LineBreaks.Of(consumer));
        var text = string.Concat(
            lineBreak, indentation, "public sealed class ", ClassName(symbol), " : global::Nats.Consumer.ConsumerHandler", lineBreak,
            indentation, "{", lineBreak,
            Method(subject, MethodName(subject, []), indentation + Indentation, lineBreak),
            indentation, "}", lineBreak);
        var added = SyntaxFactory.ParseMemberDeclaration(text)!.WithAdditionalAnnotations(Simplifier.Annotation);
        return document.WithSyntaxRoot(root.InsertNodesAfter(consumer, [added]));
    }

    private static string Method(SubjectPattern subject, string name, string indentation, string lineBreak)
    {
        var tokens = subject.Tokens.Where(token => token.Parameter is not null).Select(token => $"string {Escaped(token.Parameter!)}, ");
        return string.Concat(
            indentation, "[global::Nats.Consumer.Handle(", SymbolDisplay.FormatLiteral(subject.Text, quote: true), ")]", lineBreak,
            indentation, "public global::System.Threading.Tasks.Task ", name, "(", string.Concat(tokens),
            "global::Nats.Consumer.MessageContext message, global::System.Threading.CancellationToken cancellationToken) =>", lineBreak,
            indentation, Indentation, "throw new global::System.NotImplementedException();", lineBreak);
    }

    /// <summary><c>OnPaymentsMadeAsync</c> of <c>payments.*.made</c>.</summary>
    private static string MethodName(SubjectPattern subject, HashSet<string> taken)
    {
        var words = subject.Tokens.Where(token => token.Kind == SubjectTokenKind.Literal).SelectMany(token => token.Text.Split('-', '_')).Select(Capitalized);
        var name = string.Concat(words.DefaultIfEmpty("Any"));
        var number = 1;
        string Candidate() => $"On{name}{(number == 1 ? "" : number.ToString(System.Globalization.CultureInfo.InvariantCulture))}Async";
        while (taken.Contains(Candidate()))
            number++;
        return Candidate();
    }

    private static string ClassName(INamedTypeSymbol consumer)
    {
        var stem = consumer.Name.EndsWith("Consumer", StringComparison.Ordinal) && consumer.Name.Length > "Consumer".Length
            ? consumer.Name.Substring(0, consumer.Name.Length - "Consumer".Length)
            : consumer.Name;
        var taken = new HashSet<string>(consumer.ContainingNamespace.GetTypeMembers().Concat(consumer.ContainingType?.GetTypeMembers() ?? []).Select(type => type.Name));
        var name = stem + "Handler";
        for (var number = 2; taken.Contains(name); number++)
            name = $"{stem}Handler{number}";
        return name;
    }

    private static string Capitalized(string word)
    {
        var letters = string.Concat(word.Where(SyntaxFacts.IsIdentifierPartCharacter));
        return letters.Length == 0 ? "" : char.ToUpperInvariant(letters[0]) + letters.Substring(1);
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string IndentationOf(SyntaxNode node) =>
        node.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Select(trivia => trivia.ToString()).LastOrDefault() ?? "";
}
