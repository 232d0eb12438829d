using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>What is known of one property of a class: that it is a constant here, that it is left at its default, or nothing.</summary>
/// <param name="IsKnown">Whether the value is known.</param>
/// <param name="Value">The value.</param>
/// <param name="Syntax">The expression; null for a default.</param>
internal readonly record struct Setting<T>(bool IsKnown, T Value, SyntaxNode? Syntax)
{
    public bool IsStated => IsKnown && Syntax is not null;

    public bool Is(Func<T, bool> condition) => IsKnown && condition(Value);
}
