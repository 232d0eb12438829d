namespace Nats.Consumer.Migration;

/// <summary>How the predecessor's version 1 names the method of a subject, to the letter, and which spellings of C# mean the same method. One piece of source for runtime and analyzers.</summary>
internal static class ConventionNames
{
    public const string Prefix = "handle_";

    // The router's own: orders.async does not mean HandleAsync. Whoever means a handler spells it handle_async.
    private static readonly string[] Reserved = ["Handle", "HandleAsync", "HandleMessageAsync", "HandleErrorAsync"];

    /// <summary>What has a wildcard in it was never routed.</summary>
    public static bool HasWildcard(string subject) => subject.IndexOfAny(['*', '>']) >= 0;

    /// <summary>The name of version 1: <c>handle_created</c> for <c>orders.created</c>. The first word is dropped, unless it is the only one; case is kept.</summary>
    public static string MethodOf(string subject) => Prefix + TailOf(subject);

    /// <summary>Whether another method than <see cref="MethodOf"/> means the subject: <c>HandleCreated</c>, <c>Handle_Created</c>, <c>HandleCreatedAsync</c>.</summary>
    public static bool Means(string method, string subject)
    {
        if (!IsCandidate(method) || Reserved.Contains(method, StringComparer.Ordinal))
            return false;
        var wanted = Plain(TailOf(subject));
        var name = Plain(method.Substring("handle".Length));
        return wanted.Length > 0 && (name == wanted || name == wanted + "ASYNC");
    }

    /// <summary>Whether a method's name is one of a handler at all.</summary>
    public static bool IsCandidate(string method) => method.StartsWith("handle", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a method can have that name.</summary>
    public static bool IsIdentifier(string name) => name.All(c => char.IsLetterOrDigit(c) || c == '_');

    /// <summary>Whether only dots separate its words.</summary>
    public static bool IsDotted(string subject) => subject.IndexOfAny(['-', '_']) < 0;

    private static string TailOf(string subject)
    {
        var words = subject.Replace('.', '_').Replace('-', '_').Split('_');
        return words.Length == 1 ? words[0] : string.Join("_", words, 1, words.Length - 1);
    }

    private static string Plain(string name) => name.Replace("_", "").ToUpperInvariant();
}
