using System.Globalization;
using System.Text;
using Nats.Consumer.DeadLetters;
using Nats.Consumer.InMemory;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.Testing;

/// <summary>What happened, in order: as records, and as lines for people.</summary>
internal sealed class Journal(VirtualTime time)
{
    private const int MostLines = 200;

    private readonly Lock _gate = new();
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly List<PublishedMessage> _published = [];
    private readonly List<HandledMessage> _handled = [];
    private readonly List<RetriedMessage> _retried = [];
    private readonly List<Settlement> _settled = [];
    private readonly List<(DateTimeOffset Time, string Text, int Times)> _lines = [];
    private readonly Dictionary<string, string> _deadLetterStreams = [];
    private readonly List<DeadLetter> _deadLetters = [];
    private readonly Dictionary<(string Stream, ulong Sequence), ReadOnlyMemory<byte>> _largePayloads = [];

    /// <summary>How payloads are read.</summary>
    public PayloadSerializer Payloads { get; set; } = null!;

    public IReadOnlyList<PublishedMessage> Published => Copy(_published);

    public IReadOnlyList<HandledMessage> Handled => Copy(_handled);

    public IReadOnlyList<RetriedMessage> Retried => Copy(_retried);

    public IReadOnlyList<Settlement> Settled => Copy(_settled);

    public IReadOnlyList<DeadLetter> DeadLetters => Copy(_deadLetters);

    /// <summary>The streams whose messages are dead letters.</summary>
    public void WatchDeadLettersOf(IEnumerable<string> streams)
    {
        foreach (string stream in streams)
            _deadLetterStreams[DeadLetterNames.StreamOf(stream)] = stream;
    }

    public void Add(HandledMessage handled, string text)
    {
        lock (_gate)
            _handled.Add(handled);
        Note(text);
    }

    public void Add(RetriedMessage retried, string text)
    {
        lock (_gate)
            _retried.Add(retried);
        Note(text);
    }

    public void Add(InMemoryEvent happened)
    {
        string message = $"{happened.Stream} #{happened.Sequence} {happened.Subject}".TrimEnd();
        switch (happened.Kind)
        {
            case InMemoryEventKind.Stored when _deadLetterStreams.TryGetValue(happened.Stream, out string? stream):
                AddDeadLetter(happened, stream);
                break;
            case InMemoryEventKind.Stored:
                lock (_gate)
                    _published.Add(new PublishedMessage(happened.Subject, happened.Stream, happened.Sequence, happened.Time, Payloads) { Payload = happened.Payload, Headers = happened.Headers });
                Note($"published     {message} ({happened.Payload.Length} bytes)");
                break;
            case InMemoryEventKind.Delivered:
                Note($"delivered     {message} to {happened.Consumer}, delivery {happened.Deliveries}");
                break;
            case InMemoryEventKind.MaxDeliveries:
                Note($"given up      {message} by the server for {happened.Consumer} after {happened.Deliveries} deliveries");
                break;
            default:
                AddSettlement(happened, message);
                break;
        }
    }

    /// <summary>Writes a line. What happens again and again stands there once.</summary>
    public void Note(string text)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            if (_lines.Count > 0 && _lines[^1].Text == text)
                _lines[^1] = (now, text, _lines[^1].Times + 1);
            else
                _lines.Add((now, text, 1));
        }
    }

    public string Render()
    {
        lock (_gate)
        {
            var text = new StringBuilder();
            if (_lines.Count > MostLines)
                text.Append(CultureInfo.InvariantCulture, $"  … {_lines.Count - MostLines} lines before\n");
            foreach ((DateTimeOffset at, string line, int times) in _lines.Skip(_lines.Count - MostLines))
                text.Append(CultureInfo.InvariantCulture, $"  {at - _start:hh\\:mm\\:ss\\.fff}  {line}{(times > 1 ? $" (×{times})" : "")}\n");
            text.Append(CultureInfo.InvariantCulture, $"  {time.GetUtcNow() - _start:hh\\:mm\\:ss\\.fff}  now");
            return text.ToString();
        }
    }

    private void AddDeadLetter(InMemoryEvent happened, string stream)
    {
        DeadLetter? letter = new DeadLetterReader(Payloads).Read(stream, happened.Sequence, happened.Subject, happened.Time, happened.Headers, happened.Payload);
        lock (_gate)
        {
            if (letter is null)
                _largePayloads[(stream, happened.Sequence)] = happened.Payload;
            else
                _deadLetters.Add(letter.PayloadSequence is { } sequence ? letter with { Payload = _largePayloads.GetValueOrDefault((stream, sequence)) } : letter);
        }

        if (letter is not null)
            Note($"dead letter   {stream} #{letter.StreamSequence} {letter.Subject}: {letter.Reason}");
    }

    private void AddSettlement(InMemoryEvent happened, string message)
    {
        (SettlementKind kind, string text) = happened.Kind switch
        {
            InMemoryEventKind.Acknowledged => (SettlementKind.Ack, "ack"),
            InMemoryEventKind.NegativelyAcknowledged => (SettlementKind.Nak, happened.Delay > TimeSpan.Zero ? $"nak, again in {happened.Delay}" : "nak, again at once"),
            InMemoryEventKind.InProgress => (SettlementKind.InProgress, "in progress"),
            _ => (SettlementKind.Term, happened.Reason.Length > 0 ? $"term, {happened.Reason}" : "term"),
        };
        lock (_gate)
        {
            _settled.Add(new Settlement(kind, happened.Subject, happened.Stream, happened.Consumer, happened.Sequence, happened.Deliveries, happened.Time)
            {
                Delay = happened.Delay,
                Reason = happened.Reason,
            });
        }

        Note($"settled       {message} by {happened.Consumer}: {text}");
    }

    private T[] Copy<T>(List<T> records)
    {
        lock (_gate)
            return [.. records];
    }
}
