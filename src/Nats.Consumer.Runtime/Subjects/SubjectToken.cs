using System;

namespace Nats.Consumer.Subjects;

/// <summary>One token of a pattern.</summary>
internal readonly struct SubjectToken
{
    public static readonly SubjectToken Any = new(SubjectTokenKind.Any, "*", null);
    public static readonly SubjectToken Rest = new(SubjectTokenKind.Rest, ">", null);

    private SubjectToken(SubjectTokenKind kind, string text, string? parameter)
    {
        Kind = kind;
        Text = text;
        Parameter = parameter;
    }

    public SubjectTokenKind Kind { get; }

    /// <summary>The token as the server sees it: the literal itself, <c>*</c> or <c>&gt;</c>.</summary>
    public string Text { get; }

    /// <summary>The name between the braces of <c>{name}</c>, or null.</summary>
    public string? Parameter { get; }

    public static SubjectToken Literal(string text) => new(SubjectTokenKind.Literal, text, null);

    public static SubjectToken Named(string parameter) => new(SubjectTokenKind.Any, Any.Text, parameter);

    /// <summary>Whether no subject can have a token in this place that both take.</summary>
    public bool Excludes(SubjectToken other) =>
        Kind == SubjectTokenKind.Literal && other.Kind == SubjectTokenKind.Literal && !string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <summary>Literals before <c>*</c> before <c>&gt;</c>; literals among themselves in ordinal order. Names of parameters do not count.</summary>
    public int CompareTo(SubjectToken other)
    {
        // Not Kind.CompareTo: that boxes.
        var kinds = (int)Kind - (int)other.Kind;
        return kinds != 0 ? kinds : string.CompareOrdinal(Text, other.Text);
    }

    public override string ToString() => Parameter is null ? Text : "{" + Parameter + "}";
}
