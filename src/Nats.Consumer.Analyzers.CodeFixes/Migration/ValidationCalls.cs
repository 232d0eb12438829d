using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Calls of <c>ValidateHandlers()</c>: what they looked for is seen when the code is compiled, so they find nothing.</summary>
internal static class ValidationCalls
{
    private const string Name = "ValidateHandlers";

    public static async Task RemoveAsync(Solution solution, HashSet<string> moved, Conventions conventions, SolutionEdits edits, CancellationToken cancellationToken)
    {
        foreach (var document in moved.Count == 0 ? [] : solution.Projects.SelectMany(project => project.Documents))
        {
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            if (!text.ToString().Contains(Name) || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root || conventions.ModelOf(root.SyntaxTree) is not { } model)
                continue;
            foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => IsOn(call, moved, model, cancellationToken)))
                Remove(call, model, edits);
        }
    }

    /// <summary>Whether a statement does nothing but that.</summary>
    public static bool IsCall(StatementSyntax statement) => statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call } && NameOf(call) == Name;

    private static bool IsOn(InvocationExpressionSyntax call, HashSet<string> moved, SemanticModel model, CancellationToken cancellationToken)
    {
        if (NameOf(call) != Name || model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method || !ConventionReader.IsRoot(method.ContainingType))
            return false;
        var receiver = call.Expression is MemberAccessExpressionSyntax access ? model.GetTypeInfo(access.Expression, cancellationToken).Type : model.GetEnclosingSymbol(call.SpanStart, cancellationToken)?.ContainingType;
        return receiver is INamedTypeSymbol type && moved.Contains(ConventionFamily.KeyOf(type));
    }

    // What nobody reads leaves nothing behind; an empty list alone would be no statement.
    private static void Remove(InvocationExpressionSyntax call, SemanticModel model, SolutionEdits edits)
    {
        switch (call.Parent)
        {
            case ExpressionStatementSyntax { Parent: BlockSyntax } statement:
                edits.Remove(call.SyntaxTree, statement.FullSpan);
                break;
            case ExpressionStatementSyntax statement:
                edits.Replace(call.SyntaxTree, statement.Span, "{ }");
                break;
            case ArrowExpressionClauseSyntax { Parent: BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax } arrow when model.GetDeclaredSymbol(arrow.Parent!) is IMethodSymbol { ReturnsVoid: true }:
                edits.Replace(call.SyntaxTree, TextSpan.FromBounds(arrow.SpanStart, arrow.Parent!.Span.End), "{ }");
                break;
            case LambdaExpressionSyntax lambda when model.GetSymbolInfo(lambda).Symbol is IMethodSymbol { ReturnsVoid: true }:
                edits.Replace(call.SyntaxTree, call.Span, "{ }");
                break;
            default:
                edits.Replace(call.SyntaxTree, call.Span, "((System.Collections.Generic.IReadOnlyList<string>)[])");
                break;
        }
    }

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
