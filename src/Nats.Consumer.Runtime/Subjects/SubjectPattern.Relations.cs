using System;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer.Subjects;

/// <summary>How patterns relate to subjects and to each other. A pattern stands for the set of the subjects that it matches.</summary>
internal sealed partial class SubjectPattern
{
    /// <summary>Whether the server would deliver the subject to a subscription on this pattern. A subject with an empty token goes nowhere.</summary>
    public bool Matches(ReadOnlySpan<char> subject)
    {
        if (IsLiteral)
            return subject.SequenceEqual(Wire.AsSpan());

        var reader = new SubjectTokenReader(subject);
        foreach (var token in Tokens)
        {
            if (!reader.MoveNext() || reader.Current.IsEmpty)
                return false;
            if (token.Kind == SubjectTokenKind.Rest)
                return !HasEmptyToken(reader);
            if (token.Kind == SubjectTokenKind.Literal && !reader.Current.SequenceEqual(token.Text.AsSpan()))
                return false;
        }
        return reader.IsLast;
    }

    /// <summary>Whether this matches every subject that the other matches.</summary>
    public bool Covers(SubjectPattern other)
    {
        var lengthsCovered = HasRest ? other.Tokens.Length >= Tokens.Length : !other.HasRest && other.Tokens.Length == Tokens.Length;
        if (!lengthsCovered)
            return false;
        for (var i = 0; i < FixedLength; i++)
        {
            if (Tokens[i].Kind == SubjectTokenKind.Literal && Tokens[i].CompareTo(other.Tokens[i]) != 0)
                return false;
        }
        return true;
    }

    /// <summary>Whether some subject matches both.</summary>
    public bool Overlaps(SubjectPattern other)
    {
        var lengthsMeet = Tokens.Length == other.Tokens.Length || (Tokens.Length < other.Tokens.Length ? HasRest : other.HasRest);
        if (!lengthsMeet)
            return false;
        for (var i = 0; i < Math.Min(FixedLength, other.FixedLength); i++)
        {
            if (Tokens[i].Excludes(other.Tokens[i]))
                return false;
        }
        return true;
    }

    /// <summary>What both match. This is always a single pattern: the narrower of the two tokens in every place. Parameters lose their names.</summary>
    public bool TryIntersect(SubjectPattern other, [NotNullWhen(true)] out SubjectPattern? intersection)
    {
        intersection = null;
        if (!Overlaps(other))
            return false;
        var tokens = ImmutableArray.CreateBuilder<SubjectToken>();
        for (var i = 0; i < Math.Max(Tokens.Length, other.Tokens.Length); i++)
            tokens.Add(Narrower(TokenOrRest(i), other.TokenOrRest(i)));
        intersection = new SubjectPattern(null, tokens.ToImmutable());
        return true;
    }

    /// <summary>The tightest single pattern that covers both: the wider of the two tokens in every place. Parameters lose their names.</summary>
    public SubjectPattern CommonCover(SubjectPattern other)
    {
        var tokens = ImmutableArray.CreateBuilder<SubjectToken>();
        for (var i = 0; i < Math.Min(Tokens.Length, other.Tokens.Length); i++)
            tokens.Add(Wider(Tokens[i], other.Tokens[i]));
        // Only '>' takes subjects of different lengths, and it must begin at the last token of the shorter one.
        if (Tokens.Length != other.Tokens.Length)
            tokens[tokens.Count - 1] = SubjectToken.Rest;
        return new SubjectPattern(null, tokens.ToImmutable());
    }

    private static bool HasEmptyToken(SubjectTokenReader reader)
    {
        while (reader.MoveNext())
        {
            if (reader.Current.IsEmpty)
                return true;
        }
        return false;
    }

    private static SubjectToken Narrower(SubjectToken left, SubjectToken right) => Unnamed(left.Kind <= right.Kind ? left : right);

    private static SubjectToken Wider(SubjectToken left, SubjectToken right) =>
        left.Excludes(right) ? SubjectToken.Any : Unnamed(left.Kind >= right.Kind ? left : right);

    private static SubjectToken Unnamed(SubjectToken token) => token.Parameter is null ? token : SubjectToken.Any;

    /// <summary>Past its last token only a pattern with '>' is asked, and there it still takes anything.</summary>
    private SubjectToken TokenOrRest(int index) => index < Tokens.Length ? Tokens[index] : SubjectToken.Rest;
}
