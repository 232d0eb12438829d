using System.Globalization;
using System.Text;

namespace Nats.Consumer.DeadLetters;

/// <summary>How dead letters are called: their stream, their subjects, their headers. Who writes them and who reads them agree here.</summary>
internal static class DeadLetterNames
{
    public const string HeaderPrefix = "Dead-Letter-";
    public const string Stream = "Dead-Letter-Stream";
    public const string Consumer = "Dead-Letter-Consumer";
    public const string Subject = "Dead-Letter-Subject";
    public const string Sequence = "Dead-Letter-Sequence";
    public const string Deliveries = "Dead-Letter-Deliveries";
    public const string Stored = "Dead-Letter-Stored";
    public const string Time = "Dead-Letter-Time";
    public const string Reason = "Dead-Letter-Reason";
    public const string Host = "Dead-Letter-Host";
    public const string Error = "Dead-Letter-Error";
    public const string Stack = "Dead-Letter-Stack";

    /// <summary>The number of the message in the dead-letter stream that has the payload, where that was too large to stand with the rest.</summary>
    public const string PayloadSequence = "Dead-Letter-Payload-Sequence";

    /// <summary>On a message that was published again: how often it was.</summary>
    public const string Replays = "Dead-Letter-Replays";

    /// <summary>What stands before the name of a control header, so that it does not act on the copy.</summary>
    public const string OriginalPrefix = "Original-";

    /// <summary>Stands in the place of a durable.</summary>
    public const string PayloadToken = "$payload";

    /// <summary>Stands in the place of a durable where a note says that a message is tried alone.</summary>
    public const string NoteToken = "$alone";

    private const int LongestSubject = 3_000;

    /// <summary>The stream that keeps the dead letters of a stream.</summary>
    public static string StreamOf(string stream) => $"{stream}-dead-letters";

    /// <summary>What all subjects of its dead letters start with.</summary>
    public static string PrefixOf(string stream) => $"dead-letters.{stream}";

    /// <remarks>A server takes a line of 4,096 bytes at the most; of a longer subject the first tokens stay, and the header has it whole.</remarks>
    public static string SubjectOf(string stream, string durable, string subject)
    {
        string whole = $"{PrefixOf(stream)}.{durable}.{subject}";
        if (Encoding.UTF8.GetByteCount(whole) <= LongestSubject)
            return whole;
        int length = whole.Length;
        while (Encoding.UTF8.GetByteCount(whole.AsSpan(0, length)) > LongestSubject)
            length--;
        int end = whole.LastIndexOf('.', length - 1);
        return whole[..(end > PrefixOf(stream).Length + durable.Length + 1 ? end : length)];
    }

    public static string PayloadSubjectOf(string stream, string durable) => SubjectOf(stream, PayloadToken, durable);

    public static string NoteSubjectOf(string stream, string durable, ulong sequence, long unixNanoseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(stream)}.{NoteToken}.{durable}.{sequence}.{unixNanoseconds}");

    /// <summary>Whether what stands in the place of a durable says that it is no dead letter, but something that belongs to one.</summary>
    public static bool IsPart(ReadOnlySpan<char> durable) => durable is PayloadToken or NoteToken;
}
