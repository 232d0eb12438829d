using System.Buffers;
using System.Text;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.JetStream;

/// <summary>
/// Names of streams and durables. The server's answers to a bad one range from an error to no answer at all (a dot makes another API subject of it), so they are checked
/// here first (ADR-6).
/// </summary>
internal static class JetStreamName
{
    private const int MaxBytes = 255;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create([.. ".*>/\\ \x7f", .. Enumerable.Range(0, ' ').Select(c => (char)c)]);

    public static void ThrowIfInvalid(string? name, string what)
    {
        if (string.IsNullOrEmpty(name))
            throw new ArgumentException($"The {what} name is empty.");
        int index = name.AsSpan().IndexOfAny(Forbidden);
        if (index >= 0)
        {
            string shown = name[index] switch { '.' => "a dot", ' ' => "a space", < ' ' or '\x7f' => "a control character", char c => $"'{c}'" };
            throw new ArgumentException(
                $"The {what} name {SubjectText.Quote(name)} has {shown} at position {index}, which {what} names cannot have. Use letters, digits, '-' and '_', as in '{Suggest(name)}'.");
        }

        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
            throw new ArgumentException($"The {what} name '{name[..40]}…' has more than {MaxBytes} bytes.");
    }

    private static string Suggest(string name) => string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
}
