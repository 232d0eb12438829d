using System;
using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer.Subjects;

/// <summary>Concrete subjects: what a message can be published to.</summary>
internal static class Subject
{
    /// <summary>
    /// Stricter than the server, which takes <c>orders.*</c>, <c>cre*</c> and <c>{id}</c> literally when they are published to;
    /// such a message is nearly always lost on its sender. Braces that are no placeholder pass. Allocates nothing on success.
    /// </summary>
    public static bool TryValidate(ReadOnlySpan<char> subject, [NotNullWhen(false)] out SubjectError? error)
    {
        error = null;
        var reader = new SubjectTokenReader(subject);
        while (error is null && reader.MoveNext())
            error = TokenRules.Check(subject, reader.Position, reader.Current) ?? CheckConcrete(subject, reader.Position, reader.Current);
        return error is null;
    }

    private static SubjectError? CheckConcrete(ReadOnlySpan<char> subject, int position, ReadOnlySpan<char> token)
    {
        if (TokenRules.IsWildcard(token) || IsPlaceholder(token))
            return SubjectErrors.WildcardInSubject(subject, position, token);
        var wildcard = token.IndexOfAny('*', '>');
        return wildcard < 0 ? null : SubjectErrors.PartialWildcard(subject, position + wildcard, token);
    }

    private static bool IsPlaceholder(ReadOnlySpan<char> token) =>
        token.Length > 2 && token[0] == '{' && token[token.Length - 1] == '}' && TokenRules.IndexOfNonIdentifier(token.Slice(1, token.Length - 2)) < 0;
}
