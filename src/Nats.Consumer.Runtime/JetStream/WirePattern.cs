using Nats.Consumer.Subjects;

namespace Nats.Consumer.JetStream;

/// <summary>Patterns that a caller gives, as the server writes them: <c>{id}</c> is a wildcard for it.</summary>
internal static class WirePattern
{
    /// <exception cref="ArgumentException">It is no pattern.</exception>
    public static string Of(string pattern) => SubjectPattern.TryParse(pattern, out SubjectPattern? parsed, out SubjectError? error) ? parsed.Wire : throw new ArgumentException(error.Message);
}
