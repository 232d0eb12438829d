using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>Awaits, where the method is async already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingCallFix() : EditNodes("NATS0303", "NATS0303_Await")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        diagnostic.Properties.ContainsKey(BlockingCall.CanAwait) && Node(diagnostic, root) is ExpressionSyntax expression && CanAwait(expression) && Awaited(expression) is { } awaited && !LosesComment(expression, awaited) ? "Await" : null;

    private protected override void Edit(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic) => editor.ReplaceNode(node, (current, _) =>
    {
        // Of 'first.Result.Wait()' the inner one may have become an await already.
        var awaited = Awaited((ExpressionSyntax)current)!.WithoutTrivia();
        var expression = AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), awaited);
        return (node.Parent is ExpressionStatementSyntax or EqualsValueClauseSyntax or ArgumentSyntax or ReturnStatementSyntax
            ? expression
            : (ExpressionSyntax)ParenthesizedExpression(expression).WithAdditionalAnnotations(Simplifier.Annotation)).WithTriviaFrom(current);
    });

    private static ExpressionSyntax? Awaited(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => result.Expression,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" } wait } => wait.Expression,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax awaiter } } } =>
            awaiter.Expression,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Sleep" } } sleep => Delay(sleep),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } member } file when member.Expression.ToString().EndsWith("File", StringComparison.Ordinal) =>
            file.WithExpression(member.WithName(IdentifierName(name.Identifier.ValueText + "Async"))),
        _ => null,
    };

    private static InvocationExpressionSyntax Delay(InvocationExpressionSyntax sleep) =>
        sleep.WithExpression(ParseExpression("global::System.Threading.Tasks.Task.Delay").WithAdditionalAnnotations(Simplifier.Annotation));

    /// <summary>Of 'task // why .Result' the middle goes.</summary>
    private static bool LosesComment(ExpressionSyntax expression, ExpressionSyntax awaited) => expression.DescendantTrivia().Count(Trivia.IsComment) != awaited.WithoutTrivia().DescendantTrivia().Count(Trivia.IsComment)
        + Comments(expression.GetLeadingTrivia()) + Comments(expression.GetTrailingTrivia());

    private static int Comments(SyntaxTriviaList list) => list.Count(Trivia.IsComment);

    private static bool CanAwait(SyntaxNode node)
    {
        if (node.Ancestors().OfType<MemberDeclarationSyntax>().Any(member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword)))
            return false;
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case LockStatementSyntax or QueryExpressionSyntax or UnsafeStatementSyntax or CatchFilterClauseSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
            }
        }
        return false;
    }
}
