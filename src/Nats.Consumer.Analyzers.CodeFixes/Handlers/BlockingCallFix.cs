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
        Node(diagnostic, root) is ExpressionSyntax expression && CanAwait(expression) && Awaited(expression) is not null ? "Await" : null;

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
        sleep.WithExpression(ParseExpression("System.Threading.Tasks.Task.Delay").WithAdditionalAnnotations(Simplifier.Annotation));

    private static bool CanAwait(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case LockStatementSyntax or QueryExpressionSyntax or UnsafeStatementSyntax:
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
