using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers;

/// <summary>A call that adds a rule to an ExceptionPolicy, as <c>.Retry&lt;HttpRequestException>()</c>.</summary>
/// <param name="Method">The name of the method.</param>
/// <param name="Exception">The type that the rule is for; null for <c>Otherwise</c>.</param>
/// <param name="Syntax">The name and type, as written.</param>
internal sealed record ExceptionRule(string Method, ITypeSymbol? Exception, SyntaxNode Syntax);

/// <summary>Reads a consumer's <c>Exceptions</c>.</summary>
internal static class ExceptionRules
{
    /// <summary>The rules of a chain of calls, in order. What it begins with may have rules of its own; that matters to none of these.</summary>
    public static ImmutableArray<ExceptionRule> Read(PropertyValues values, NatsSymbols symbols)
    {
        var rules = new Stack<ExceptionRule>();
        var current = values.ValueOf("Exceptions") is { } value ? ConstantTexts.Unwrap(value) : null;
        while (current is IInvocationOperation { TargetMethod: var method, Instance: { } instance } call && method.ContainingType.Is(symbols.ExceptionPolicy))
        {
            var syntax = call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } ? member.Name : call.Syntax;
            rules.Push(new ExceptionRule(method.Name, method.TypeArguments.FirstOrDefault(), syntax));
            current = ConstantTexts.Unwrap(instance);
        }
        return [.. rules];
    }
}
