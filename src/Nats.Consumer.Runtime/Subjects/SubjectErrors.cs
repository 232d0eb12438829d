using System;

using static Nats.Consumer.Subjects.SubjectText;

namespace Nats.Consumer.Subjects;

/// <summary>The words for every mistake. Each message is a fact about the quoted subject, then a remedy.</summary>
internal static class SubjectErrors
{
    public static SubjectError Missing(ReadOnlySpan<char> subject, int position)
    {
        if (subject.IsEmpty)
            return new(SubjectErrorCode.Empty, 0, 0, "The subject is empty. Write at least one token, such as 'orders'.");
        if (position == 0)
            return new(SubjectErrorCode.LeadingDot, 0, 0,
                $"Subject {Quote(subject)} starts with a dot. Remove it or write the token that belongs before it.");
        if (position == subject.Length)
            return new(SubjectErrorCode.TrailingDot, position, 0,
                $"Subject {Quote(subject)} ends with a dot. Remove it or write the token that belongs after it.");
        return new(SubjectErrorCode.EmptyToken, position, 0,
            $"Subject {Quote(subject)} has an empty token at position {position}. " +
            "Remove one of the two dots or write the token that belongs between them.");
    }

    public static SubjectError WhiteSpace(ReadOnlySpan<char> subject, int position) =>
        new(SubjectErrorCode.WhiteSpace, position, 1,
            $"Subject {Quote(subject)} contains white space ({CodePoint(subject[position])}) at position {position}. " +
            "Remove it, or separate tokens by dots.");

    public static SubjectError ControlCharacter(ReadOnlySpan<char> subject, int position) =>
        new(SubjectErrorCode.ControlCharacter, position, 1,
            $"Subject {Quote(subject)} contains the control character {CodePoint(subject[position])} at position {position}. Remove it.");

    public static SubjectError UnpairedSurrogate(ReadOnlySpan<char> subject, int position) =>
        new(SubjectErrorCode.UnpairedSurrogate, position, 1,
            $"Subject {Quote(subject)} contains {CodePoint(subject[position])}, one half of a character, at position {position}. " +
            "Remove it or write the whole character.");

    public static SubjectError RestNotLast(ReadOnlySpan<char> subject, int position) =>
        new(SubjectErrorCode.RestNotLast, position, 1,
            $"Subject {Quote(subject)} goes on after the '>' at position {position}. Use '*' to take one token, or end the subject with '>'.");

    public static SubjectError PartialWildcard(ReadOnlySpan<char> subject, int position, ReadOnlySpan<char> token) =>
        new(SubjectErrorCode.PartialWildcard, position, 1,
            $"Subject {Quote(subject)} has '{subject[position]}' inside the token {Quote(token)}, where it is not a wildcard for the server. " +
            $"Make '{subject[position]}' a token of its own, or remove it.");

    public static SubjectError UnbalancedBrace(ReadOnlySpan<char> subject, int position) =>
        new(SubjectErrorCode.UnbalancedBrace, position, 1,
            $"Subject {Quote(subject)} has a '{subject[position]}' without its counterpart at position {position}. " +
            "Write a parameter as a whole token, such as '{id}', or remove the brace.");

    public static SubjectError PartialParameter(ReadOnlySpan<char> subject, int position, int length, ReadOnlySpan<char> token) =>
        new(SubjectErrorCode.PartialParameter, position, length,
            $"Subject {Quote(subject)} has the parameter {Quote(subject.Slice(position, length))} inside the token {Quote(token)}. " +
            "Make the parameter a token of its own: the server cannot match parts of tokens.");

    public static SubjectError UnnamedParameter(ReadOnlySpan<char> subject, int position) =>
        new(SubjectErrorCode.InvalidParameterName, position, 2,
            $"Subject {Quote(subject)} has a parameter without a name at position {position}. " +
            "Write a name, such as '{id}', or '*' if it needs none.");

    public static SubjectError InvalidParameterName(ReadOnlySpan<char> subject, int position, ReadOnlySpan<char> name)
    {
        var culprit = subject.Slice(position, char.IsHighSurrogate(subject[position]) ? 2 : 1);
        return new(SubjectErrorCode.InvalidParameterName, position, culprit.Length,
            $"Subject {Quote(subject)} has the parameter name {Quote(name)}, which {Quote(culprit)} keeps from being a C# identifier. " +
            "Use letters, digits and '_', and do not start with a digit.");
    }

    public static SubjectError DuplicateParameterName(ReadOnlySpan<char> subject, int position, string name) =>
        new(SubjectErrorCode.DuplicateParameterName, position, name.Length,
            $"Subject {Quote(subject)} names two parameters '{name}'. Give each parameter a name of its own.");

    public static SubjectError WildcardInSubject(ReadOnlySpan<char> subject, int position, ReadOnlySpan<char> token)
    {
        var remedy = token[0] == '{' ? "Put the value in its place" : "Write a token in its place";
        return new(SubjectErrorCode.WildcardInSubject, position, token.Length,
            $"Subject {Quote(subject)} has {Quote(token)} at position {position}, but a message needs one concrete subject. " +
            $"{remedy}: the server would take {Quote(token)} literally.");
    }
}
