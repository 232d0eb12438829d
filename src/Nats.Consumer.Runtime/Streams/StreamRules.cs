using Nats.Consumer.JetStream;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Streams;

/// <summary>What can be said of a stream before any server is asked.</summary>
internal static class StreamRules
{
    public static void Check(StreamConfig config)
    {
        JetStreamName.ThrowIfInvalid(config.Name, "stream");
        if (config.Subjects is not { } texts)
            return;
        if (texts.Count == 0)
            throw new ArgumentException($"Stream '{config.Name}' captures no subject. Name what it captures, or leave Subjects out: then the server takes the stream's name.");

        var patterns = new List<SubjectPattern>();
        foreach (string text in texts)
        {
            if (!SubjectPattern.TryParse(text, out SubjectPattern? pattern, out SubjectError? error))
                throw new ArgumentException($"Stream '{config.Name}': {error.Message}");
            if (patterns.FirstOrDefault(other => other.Overlaps(pattern)) is { } other)
            {
                throw new ArgumentException(
                    $"Stream '{config.Name}' captures '{other.Wire}' and '{pattern.Wire}', which overlap; the server refuses that (10052). State each subject once.");
            }

            patterns.Add(pattern);
        }
    }
}
