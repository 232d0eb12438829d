using System;
using System.Collections.Immutable;

namespace Nats.Consumer.Subjects;

/// <summary>Reads the tokens of a pattern from left to right and stops at the first mistake.</summary>
internal static class PatternParser
{
    public static SubjectError? Parse(string text, ImmutableArray<SubjectToken>.Builder tokens)
    {
        var reader = new SubjectTokenReader(text.AsSpan());
        while (reader.MoveNext())
        {
            var error = TokenRules.Check(text.AsSpan(), reader.Position, reader.Current) ?? ParseToken(text.AsSpan(), reader, tokens);
            if (error is not null)
                return error;
        }
        return null;
    }

    private static SubjectError? ParseToken(ReadOnlySpan<char> text, SubjectTokenReader reader, ImmutableArray<SubjectToken>.Builder tokens)
    {
        var token = reader.Current;
        if (token.IndexOfAny('{', '}') >= 0)
            return ParseParameter(text, reader.Position, token, tokens);

        var wildcard = token.IndexOfAny('*', '>');
        if (wildcard >= 0 && token.Length > 1)
            return SubjectErrors.PartialWildcard(text, reader.Position + wildcard, token);
        if (wildcard >= 0 && token[0] == '>' && !reader.IsLast)
            return SubjectErrors.RestNotLast(text, reader.Position);

        tokens.Add(wildcard < 0 ? SubjectToken.Literal(token.ToString()) : token[0] == '*' ? SubjectToken.Any : SubjectToken.Rest);
        return null;
    }

    private static SubjectError? ParseParameter(ReadOnlySpan<char> text, int position, ReadOnlySpan<char> token, ImmutableArray<SubjectToken>.Builder tokens)
    {
        var open = token.IndexOf('{');
        var close = token.IndexOf('}');
        if (open < 0 || (close >= 0 && close < open))
            return SubjectErrors.UnbalancedBrace(text, position + close);
        if (close < 0)
            return SubjectErrors.UnbalancedBrace(text, position + open);
        if (open > 0 || close < token.Length - 1)
            return SubjectErrors.PartialParameter(text, position + open, close - open + 1, token);
        if (token.Length == 2)
            return SubjectErrors.UnnamedParameter(text, position);

        var name = token.Slice(1, token.Length - 2);
        var bad = TokenRules.IndexOfNonIdentifier(name);
        if (bad >= 0)
            return SubjectErrors.InvalidParameterName(text, position + 1 + bad, name);
        foreach (var earlier in tokens)
        {
            if (name.SequenceEqual(earlier.Parameter.AsSpan()))
                return SubjectErrors.DuplicateParameterName(text, position + 1, earlier.Parameter!);
        }

        tokens.Add(SubjectToken.Named(name.ToString()));
        return null;
    }
}
