using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Refactorings;

/// <summary>Writes handlers. They throw until somebody fills them in: a message that nobody handles must not be acknowledged.</summary>
internal static class HandlerText
{
    public static async Task<Document> AddMethodAsync(Document document, ClassDeclarationSyntax type, INamedTypeSymbol symbol, SubjectPattern subject, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var lineBreak = LineBreaks.Of(type);
        var names = new HashSet<string>();
        for (var current = symbol; current is not null; current = current.BaseType)
            names.UnionWith(current.MemberNames);
        var text = Method(subject, MethodName(subject, names), Indentation.Within(IndentationOf(type)), lineBreak);
        var method = SyntaxFactory.ParseMemberDeclaration((type.Members.Count > 0 ? lineBreak : "") + text)!.WithAdditionalAnnotations(Simplifier.Annotation);
        return document.WithSyntaxRoot(root.ReplaceNode(type, type.AddMembers(method)));
    }

    public static Document AddClass(Document document, SyntaxNode root, TypeDeclarationSyntax consumer, INamedTypeSymbol symbol, SubjectPattern subject)
    {
        var (indentation, lineBreak) = (IndentationOf(consumer), LineBreaks.Of(consumer));
        var text = string.Concat(
            lineBreak, indentation, "public sealed class ", ClassName(symbol), " : global::Nats.Consumer.ConsumerHandler", lineBreak,
            indentation, "{", lineBreak,
            Method(subject, MethodName(subject, []), Indentation.Within(indentation), lineBreak),
            indentation, "}", lineBreak);
        var added = SyntaxFactory.ParseMemberDeclaration(text)!.WithAdditionalAnnotations(Simplifier.Annotation);
        return document.WithSyntaxRoot(root.InsertNodesAfter(consumer, [added]));
    }

    private static string Method(SubjectPattern subject, string name, string indentation, string lineBreak)
    {
        var names = subject.Tokens.Where(token => token.Parameter is not null).Select(token => token.Parameter!).ToList();
        var tokens = names.Select(name => $"string {Names.Escaped(name)}, ");
        string Free(string name) => names.Contains(name) ? $"the{Capitalized(name)}" : name;
        return string.Concat(
            indentation, "[global::Nats.Consumer.Handle(", SymbolDisplay.FormatLiteral(subject.Text, quote: true), ")]", lineBreak,
            indentation, "public global::System.Threading.Tasks.Task ", name, "(", string.Concat(tokens),
            "global::Nats.Consumer.MessageContext ", Free("message"), ", global::System.Threading.CancellationToken ", Free("cancellationToken"), ") =>", lineBreak,
            Indentation.Within(indentation), "throw new global::System.NotImplementedException();", lineBreak);
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

    private static string IndentationOf(SyntaxNode node) =>
        node.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Select(trivia => trivia.ToString()).LastOrDefault() ?? "";
}
