using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers;

/// <summary>One subject of one [Handle].</summary>
/// <param name="Method">The method, as the handler class sees it.</param>
/// <param name="Text">The pattern, as written.</param>
/// <param name="Pattern">The pattern; null if it is none.</param>
/// <param name="Syntax">The expression of the pattern if there is one for it alone, else the attribute; null in metadata.</param>
internal sealed record HandlerPattern(IMethodSymbol Method, string Text, SubjectPattern? Pattern, SyntaxNode? Syntax)
{
    public Location Location => Syntax?.GetLocation() ?? Location.None;

    /// <summary>The patterns of a method's own [Handle] attributes, in the order of the source.</summary>
    public static IEnumerable<HandlerPattern> Of(IMethodSymbol method, NatsSymbols symbols, CancellationToken cancellationToken)
    {
        foreach (var data in method.GetAttributes().Where(data => data.AttributeClass.Is(symbols.Handle)))
        {
            var syntax = (AttributeSyntax?)data.ApplicationSyntaxReference?.GetSyntax(cancellationToken);
            var argument = data.ConstructorArguments.FirstOrDefault();
            if (argument.Kind != TypedConstantKind.Array || argument.IsNull)
                continue;
            var values = argument.Values;
            var expressions = Expressions(syntax, values.Length);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i].Value is string text)
                    yield return new HandlerPattern(method, text, SubjectPattern.TryParse(text, out var pattern, out _) ? pattern : null, expressions?[i] ?? syntax);
            }
        }
    }

    /// <summary>The patterns of a method, and of what it overrides; to be had from <see cref="NatsSymbols.PatternsOf"/>, which remembers them.</summary>
    public static IEnumerable<HandlerPattern> OfChain(IMethodSymbol method, NatsSymbols symbols, CancellationToken cancellationToken)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            foreach (var pattern in Of(current, symbols, cancellationToken))
                yield return pattern with { Method = method };
        }
    }

    /// <summary>The expression of each pattern: arguments one by one, or the elements of the one array.</summary>
    private static SyntaxNode[]? Expressions(AttributeSyntax? attribute, int count)
    {
        if (attribute?.ArgumentList is not { Arguments: var arguments })
            return null;
        SyntaxNode[] found = arguments.Count == 1 ? Elements(arguments[0].Expression) : [.. arguments.Select(argument => argument.Expression)];
        return found.Length == count ? found : null;
    }

    private static SyntaxNode[] Elements(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax collection => [.. collection.Elements.Select(element => element is ExpressionElementSyntax one ? one.Expression : (SyntaxNode)element)],
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions],
        _ => [expression],
    };
}
