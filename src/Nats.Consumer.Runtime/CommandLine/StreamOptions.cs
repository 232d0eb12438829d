using System.CommandLine;
using Nats.Consumer.Configuration;

namespace Nats.Consumer.CommandLine;

/// <summary>The fields of a stream as options.</summary>
internal sealed class StreamOptions
{
    private readonly Option<string[]> _subjects = new("--subjects") { Description = "What it captures, in the place of what it captures now.", AllowMultipleArgumentsPerToken = true, HelpName = "SUBJECT…" };
    private readonly Option<string?> _description = new("--description") { Description = "What it is for." };
    private readonly Option<long?> _maxMessages = new("--max-msgs") { Description = "How many messages at the most; -1 for no limit.", HelpName = "N" };
    private readonly Option<long?> _maxBytes = new("--max-bytes") { Description = "How many bytes at the most; -1 for no limit.", HelpName = "N" };
    private readonly Option<TimeSpan?> _maxAge = Time("--max-age", "How long messages are kept; 0 for ever.");
    private readonly Option<int?> _maxMessageSize = new("--max-msg-size") { Description = "How large a message may be; -1 for no limit.", HelpName = "N" };
    private readonly Option<long?> _maxMessagesPerSubject = new("--max-msgs-per-subject") { Description = "How many messages of each subject; -1 for no limit.", HelpName = "N" };
    private readonly Option<StreamStorage?> _storage = new("--storage") { Description = "Where messages are kept. The server changes it never." };
    private readonly Option<StreamRetention?> _retention = new("--retention") { Description = "When messages go." };
    private readonly Option<int?> _replicas = new("--replicas") { Description = "How many servers keep it.", HelpName = "N" };
    private readonly Option<StreamDiscard?> _discard = new("--discard") { Description = "What a full stream does with the next message." };
    private readonly Option<TimeSpan?> _duplicateWindow = Time("--duplicate-window", "How long message ids are remembered.");

    public StreamOptions(Command command)
    {
        foreach (Option option in All)
            command.Options.Add(option);
    }

    private IEnumerable<Option> All =>
        [_subjects, _description, _maxMessages, _maxBytes, _maxAge, _maxMessageSize, _maxMessagesPerSubject, _storage, _retention, _replicas, _discard, _duplicateWindow];

    public bool AreAny(ParseResult parsed) => All.Any(option => parsed.GetResult(option) is { Implicit: false });

    public IEnumerable<string> Names => All.Select(option => option.Name);

    public StreamConfig Config(string name, ParseResult parsed) => new(name)
    {
        Subjects = parsed.GetValue(_subjects) is { Length: > 0 } subjects ? subjects : null,
        Description = parsed.GetValue(_description),
        MaxMessages = parsed.GetValue(_maxMessages),
        MaxBytes = parsed.GetValue(_maxBytes),
        MaxAge = parsed.GetValue(_maxAge),
        MaxMessageSize = parsed.GetValue(_maxMessageSize),
        MaxMessagesPerSubject = parsed.GetValue(_maxMessagesPerSubject),
        Storage = parsed.GetValue(_storage),
        Retention = parsed.GetValue(_retention),
        Replicas = parsed.GetValue(_replicas),
        Discard = parsed.GetValue(_discard),
        DuplicateWindow = parsed.GetValue(_duplicateWindow),
    };

    // 3600 is seconds, as with the predecessors; 1h and 01:00:00 are what they say.
    private static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = $"{description} Seconds, or 90s, 5m, 1h, 7d.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text.All(char.IsAsciiDigit) ? TimeText.TryParse($"{text}s", out TimeSpan time) : TimeText.TryParse(text, out time))
                return time;
            result.AddError($"{name} is '{text}', which is no time. {TimeText.HowTo}.");
            return null;
        },
    };
}
