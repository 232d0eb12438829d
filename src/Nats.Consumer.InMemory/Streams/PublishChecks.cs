using System.Globalization;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>What the control headers of a message ask of a stream, in the server's order (nats-server, processJetStreamMsg).</summary>
internal static class PublishChecks
{
    private const int LongestHeaders = ushort.MaxValue;

    /// <exception cref="ApiError">A condition of the message is not met, or the stream does not do what it asks for.</exception>
    public static PublishTerms Check(StreamConfig config, StreamMemory memory, in Routed message, long now, InMemoryServerVersion version)
    {
        if (config.Sealed)
            throw Errors.StreamSealed();
        PublishTerms terms = message.Headers.IsEmpty ? default : CheckHeaders(config, memory, message, now, version);
        if (terms.DuplicateOf is not null)
            return terms;
        if (config.MaxMsgSize >= 0 && message.Headers.Length + message.Payload.Length > config.MaxMsgSize)
            throw Errors.MessageTooLarge();
        if (message.Headers.Length > LongestHeaders)
            throw Errors.HeadersTooLarge();
        return terms with { ExpiresAt = terms.TimeToLive > 0 ? now + terms.TimeToLive : Alarm.Never };
    }

    private static PublishTerms CheckHeaders(StreamConfig config, StreamMemory memory, in Routed message, long now, InMemoryServerVersion version)
    {
        ReadOnlySpan<byte> headers = message.Headers;
        if (RawHeaders.Find(headers, "Nats-Expected-Stream"u8) is { Length: > 0 } stream && stream != config.Name)
            throw Errors.WrongExpectedStream();
        long timeToLive = version.HasMessageTtl ? TimeToLive(headers, config) : 0;
        string? id = RawHeaders.Find(headers, "Nats-Msg-Id"u8);
        ulong? duplicateOf = string.IsNullOrEmpty(id) ? null : memory.Duplicates.Find(id, now, config.DuplicateWindow);
        if (duplicateOf is null || !version.LooksForDuplicatesFirst)
            CheckExpectedSequences(memory.Messages, message, version);
        if (duplicateOf is not null)
            return new PublishTerms(id, Rollup.None, 0) { DuplicateOf = duplicateOf };
        if (RawHeaders.Find(headers, "Nats-Expected-Last-Msg-Id"u8) is { Length: > 0 } lastId && lastId != memory.LastMessageId)
            throw Errors.WrongLastMessageId(memory.LastMessageId);
        return new PublishTerms(string.IsNullOrEmpty(id) ? null : id, RollupOf(headers, config), timeToLive);
    }

    private static void CheckExpectedSequences(MessageStore messages, in Routed message, InMemoryServerVersion version)
    {
        if (RawHeaders.TryFindNumber(message.Headers, "Nats-Expected-Last-Subject-Sequence"u8, out ulong expected))
        {
            ulong actual = messages.FindSubject(SubjectToCheck(message.Headers, message.Subject, version))?.Last?.Sequence ?? 0;
            if (actual != expected)
                throw Errors.WrongLastSequence(actual);
        }

        if (RawHeaders.TryFindNumber(message.Headers, "Nats-Expected-Last-Sequence"u8, out ulong last) && last != messages.LastSequence)
            throw Errors.WrongLastSequence(messages.LastSequence);
    }

    private static ReadOnlySpan<byte> SubjectToCheck(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> subject, InMemoryServerVersion version) =>
        version.IsStrict && RawHeaders.Find(headers, "Nats-Expected-Last-Subject-Sequence-Subject"u8) is { Length: > 0 } other
            ? System.Text.Encoding.UTF8.GetBytes(other)
            : subject;

    private static Rollup RollupOf(ReadOnlySpan<byte> headers, StreamConfig config)
    {
        if (RawHeaders.Find(headers, "Nats-Rollup"u8) is not { Length: > 0 } rollup)
            return Rollup.None;
        if (!config.AllowRollupHdrs || config.DenyPurge)
            throw Errors.RollupFailed("rollup not permitted");
        return rollup.ToLowerInvariant() switch
        {
            "sub" => Rollup.Subject,
            "all" => Rollup.All,
            _ => throw Errors.RollupFailed($"rollup value invalid: \"{rollup}\""),
        };
    }

    private static long TimeToLive(ReadOnlySpan<byte> headers, StreamConfig config)
    {
        if (RawHeaders.Find(headers, "Nats-TTL"u8) is not { Length: > 0 } text)
            return 0;
        const long Second = 1_000_000_000;
        if (text.Equals("never", StringComparison.OrdinalIgnoreCase))
            return config.AllowMsgTtl ? 0 : throw Errors.TtlDisabled();
        bool isDuration = Go.TryParseDuration(text, out long nanoseconds);
        if (isDuration ? nanoseconds < Second : !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out nanoseconds))
            throw Errors.TtlInvalid();
        if (!config.AllowMsgTtl)
            throw Errors.TtlDisabled();
        long whole = isDuration ? nanoseconds / Second * Second : nanoseconds * Second;
        return Math.Max(whole, config.MaxMsgsPerSubject == 1 ? 0 : config.SubjectDeleteMarkerTtl);
    }
}

internal enum Rollup
{
    None,
    Subject,
    All,
}

/// <summary>What a message asks for that will be done.</summary>
internal readonly record struct PublishTerms(string? MessageId, Rollup Rollup, long TimeToLive)
{
    public long ExpiresAt { get; init; }

    /// <summary>The sequence of the message that it repeats; zero for none.</summary>
    public ulong? DuplicateOf { get; init; }
}
