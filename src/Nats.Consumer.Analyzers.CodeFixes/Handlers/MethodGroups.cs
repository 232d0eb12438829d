using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>Methods that something takes as they are: an Action, an event, a Func, or the interface of a derived class. Another signature would not fit there.</summary>
internal static class MethodGroups
{
    public static async Task<bool> UseAsync(MethodDeclarationSyntax method, Document document, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(method, cancellationToken) is not { } symbol)
            return true;
        var solution = document.Project.Solution;
        if ((await SymbolFinder.FindImplementedInterfaceMembersAsync(symbol, solution, cancellationToken: cancellationToken).ConfigureAwait(false)).Any())
            return true;
        foreach (var location in (await SymbolFinder.FindReferencesAsync(symbol, solution, cancellationToken).ConfigureAwait(false)).SelectMany(found => found.Locations))
        {
            var root = await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            if (root is not null && IsGroup(root.FindNode(location.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true)))
                return true;
        }
        return false;
    }

    private static bool IsGroup(SyntaxNode name) =>
        (name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access.Parent : name.Parent) is not InvocationExpressionSyntax
        && !name.Ancestors().Any(ancestor => ancestor is CrefSyntax || (ancestor is InvocationExpressionSyntax call && call.Expression.ToString() == "nameof"));
}
