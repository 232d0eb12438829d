using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers;

/// <summary>The delays between attempts, where a consumer lists them.</summary>
/// <param name="List">Those that count: of <c>Retry => RetryPolicy.Delays([…])</c>, else of <c>BackoffDelays</c>; null when they are not listed.</param>
/// <param name="Source">The property that lists them.</param>
/// <param name="Unused">The expression of <c>BackoffDelays</c> where <c>Retry</c> does without it.</param>
internal sealed record RetryDelays(ImmutableArray<(TimeSpan Time, SyntaxNode Syntax)>? List, string Source, SyntaxNode? Unused)
{
    public static RetryDelays Read(PropertyValues values)
    {
        var backoff = values.Read<ImmutableArray<(TimeSpan, SyntaxNode)>>("BackoffDelays", [], Durations.TryReadAll);
        if (!values.IsOverridden("Retry"))
            return new RetryDelays(backoff.IsStated ? backoff.Value : null, "BackoffDelays", null);
        if (values.ValueOf("Retry") is not { } retry || UsesBackoffDelays(retry))
            return new RetryDelays(null, "Retry", null);
        return new RetryDelays(ReadPolicy(retry), "Retry", backoff.IsStated && !backoff.Value.IsEmpty ? backoff.Syntax : null);
    }

    private static ImmutableArray<(TimeSpan, SyntaxNode)>? ReadPolicy(IOperation retry) =>
        ConstantTexts.Unwrap(retry) is IInvocationOperation { TargetMethod: { Name: "Delays", ContainingType.Name: "RetryPolicy" }, Arguments: { Length: 1 } arguments }
        && Durations.TryReadAll(arguments[0].Value, out var times)
            ? times
            : null;

    private static bool UsesBackoffDelays(IOperation retry) => retry.DescendantsAndSelf().Any(operation => operation is IPropertyReferenceOperation { Property.Name: "BackoffDelays" });
}
