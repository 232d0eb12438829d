using System.CommandLine;

namespace Nats.Consumer.CommandLine;

/// <summary>Options that say which dead letters are meant.</summary>
internal sealed class WhichLetters
{
    private readonly Option<string?> _stream = new("--stream") { Description = "The stream whose messages they were; the application's own when there is one only.", HelpName = "STREAM" };
    private readonly Option<string?> _consumer = new("--consumer") { Description = "Only those of this consumer: its name on the server, or its class.", HelpName = "NAME" };
    private readonly Option<string?> _subject = new("--subject") { Description = "Only those whose message had such a subject.", HelpName = "PATTERN" };

    public WhichLetters(Command command, bool withFilter = true)
    {
        command.Options.Add(_stream);
        if (!withFilter)
            return;
        command.Options.Add(_consumer);
        command.Options.Add(_subject);
    }

    /// <exception cref="ArgumentException">It is not clear which stream is meant.</exception>
    public IDeadLetters Of(VerbHost host, ParseResult parsed)
    {
        if (parsed.GetValue(_stream) is { } stream)
            return host.JetStream.DeadLettersOf(stream);
        string[] streams = [.. host.Plans().Select(plan => plan.Stream).Distinct()];
        return streams.Length == 1
            ? host.JetStream.DeadLettersOf(streams[0])
            : throw new ArgumentException($"The application reads several streams. Say which one: --stream {string.Join(", --stream ", streams)}.");
    }

    public DeadLetterFilter Filter(VerbHost host, ParseResult parsed) => new()
    {
        Consumer = parsed.GetValue(_consumer) is { } name ? host.Plans().FirstOrDefault(plan => plan.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Durable ?? name : null,
        Subject = parsed.GetValue(_subject),
    };
}
