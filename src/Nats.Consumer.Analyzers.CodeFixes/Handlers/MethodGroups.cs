using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>Methods that something takes as they are: an Action, an event, a Func. Another signature would not fit there.</summary>
internal static class MethodGroups
{
    public static bool Use(MethodDeclarationSyntax method, SyntaxNode root) => root.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
        name.Identifier.ValueText == method.Identifier.ValueText
        && (name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access.Parent : name.Parent) is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax)
        && !name.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression.ToString() == "nameof"));
}
