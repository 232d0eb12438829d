using System.Globalization;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.DeadLetters;

/// <summary>Makes a dead letter of what is stored as one.</summary>
internal sealed class DeadLetterReader(PayloadSerializer payloads)
{
    /// <param name="stream">The stream that the dead letters are of.</param>
    /// <param name="sequence">The number in the dead-letter stream.</param>
    /// <param name="subject">The subject there.</param>
    /// <param name="storedAt">When it was stored there.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The dead letter; <see langword="null"/> when it is the payload of one, or a note.</returns>
    public DeadLetter? Read(string stream, ulong sequence, string subject, DateTimeOffset storedAt, NatsHeaders? headers, ReadOnlyMemory<byte> payload)
    {
        headers ??= [];
        string rest = subject[Math.Min(subject.Length, DeadLetterNames.PrefixOf(stream).Length + 1)..];
        string durable = rest.Split('.')[0];
        if (DeadLetterNames.IsPart(durable))
            return null;
        return new DeadLetter(payloads)
        {
            Sequence = sequence,
            Stream = stream,
            Consumer = durable,
            Subject = headers[DeadLetterNames.Subject] ?? rest[Math.Min(rest.Length, durable.Length + 1)..],
            StreamSequence = Number(headers[DeadLetterNames.Sequence]) ?? 0,
            Deliveries = (int)Math.Min(Number(headers[DeadLetterNames.Deliveries]) ?? 0, int.MaxValue),
            StoredAt = Time(headers[DeadLetterNames.Stored]),
            Time = Time(headers[DeadLetterNames.Time]) ?? storedAt,
            Reason = headers[DeadLetterNames.Reason] ?? "",
            Error = headers[DeadLetterNames.Error],
            Stack = headers[DeadLetterNames.Stack],
            Host = headers[DeadLetterNames.Host],
            Replays = (int)Math.Min(Number(headers[DeadLetterNames.Replays]) ?? 0, int.MaxValue),
            Headers = Own(headers),
            Payload = payload,
            Id = headers[HeaderNames.MessageId] ?? string.Create(CultureInfo.InvariantCulture, $"dead-letter:{stream}:{sequence}:{storedAt.UtcTicks}"),
            PayloadSequence = Number(headers[DeadLetterNames.PayloadSequence]),
        };
    }

    private static NatsHeaders? Own(NatsHeaders headers)
    {
        NatsHeaders? own = null;
        foreach (KeyValuePair<string, string> header in headers)
        {
            if (Starts(header.Key, DeadLetterNames.HeaderPrefix) || Starts(header.Key, HeaderNames.ControlPrefix))
                continue;
            bool wasControl = Starts(header.Key, $"{DeadLetterNames.OriginalPrefix}{HeaderNames.ControlPrefix}");
            (own ??= []).Add(wasControl ? header.Key[DeadLetterNames.OriginalPrefix.Length..] : header.Key, header.Value);
        }

        return own;
    }

    private static bool Starts(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static ulong? Number(string? text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
