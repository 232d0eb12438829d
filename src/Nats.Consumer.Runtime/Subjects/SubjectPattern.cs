using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace Nats.Consumer.Subjects;

/// <summary>
/// A subject with wildcards: <c>*</c> or <c>{name}</c> takes one token, <c>&gt;</c> takes one or more at the end.
/// Two patterns are equal when the server sees the same text; names of parameters do not count. Tokens are case-sensitive.
/// </summary>
internal sealed partial class SubjectPattern : IEquatable<SubjectPattern>
{
    private SubjectPattern(string? text, ImmutableArray<SubjectToken> tokens)
    {
        Tokens = tokens;
        Wire = string.Join(".", tokens.Select(token => token.Text));
        Text = text ?? Wire;
        HasRest = tokens[tokens.Length - 1].Kind == SubjectTokenKind.Rest;
        IsLiteral = tokens.All(token => token.Kind == SubjectTokenKind.Literal);
    }

    /// <summary>As it was written: <c>orders.{orderId}.shipped</c>.</summary>
    public string Text { get; }

    /// <summary>As the server sees it: <c>orders.*.shipped</c>.</summary>
    public string Wire { get; }

    /// <summary>Never empty. Since <c>&gt;</c> takes at least one token, this is also the length of the shortest subject that matches.</summary>
    public ImmutableArray<SubjectToken> Tokens { get; }

    /// <summary>Whether it ends in <c>&gt;</c>.</summary>
    public bool HasRest { get; }

    /// <summary>Whether it matches one subject only: itself.</summary>
    public bool IsLiteral { get; }

    /// <summary>Number of tokens in front of <c>&gt;</c>, or of all tokens.</summary>
    public int FixedLength => HasRest ? Tokens.Length - 1 : Tokens.Length;

    /// <summary>
    /// A total order, token by token from the left: literal before <c>*</c> before <c>&gt;</c>. Of two distinct patterns that match
    /// the same subject the first is the more specific one; a pattern sorts before every pattern that covers it.
    /// Where specificity says nothing, ordinal order and then length decide. Zero means equal.
    /// </summary>
    public static IComparer<SubjectPattern> MostSpecificFirst { get; } = new SpecificityComparer();

    /// <exception cref="FormatException">The text is no pattern; the message is that of the <see cref="SubjectError"/>.</exception>
    public static SubjectPattern Parse(string text) => TryParse(text, out var pattern, out var error) ? pattern : throw new FormatException(error.Message);

    public static bool TryParse(string? text, [NotNullWhen(true)] out SubjectPattern? pattern, [NotNullWhen(false)] out SubjectError? error)
    {
        var tokens = ImmutableArray.CreateBuilder<SubjectToken>();
        error = PatternParser.Parse(text ?? "", tokens);
        pattern = error is null ? new SubjectPattern(text, tokens.ToImmutable()) : null;
        return error is null;
    }

    public bool Equals(SubjectPattern? other) =>
        ReferenceEquals(this, other) || (other is not null && string.Equals(Wire, other.Wire, StringComparison.Ordinal));

    public override bool Equals(object? obj) => Equals(obj as SubjectPattern);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Wire);

    public override string ToString() => Text;
}
