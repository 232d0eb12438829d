using System.Text.Json;
using Nats.Consumer.Prefixing;

namespace Nats.Consumer.JetStream;

/// <summary>Reads a stream's answer to a message: <c>{"stream":"orders","seq":7}</c>, or an error. An answer that confirms allocates nothing but a stream's name that is not yet known.</summary>
/// <param name="prefix">The connection's, which the stream's name has on the server; <see langword="null"/> for none.</param>
internal sealed class PublishReply(SubjectPrefix? prefix = null)
{
    private string? _there;
    private string _stream = "";
    private string? _domain;

    /// <returns>Why the message was not stored; <see langword="null"/> when it was.</returns>
    public Exception? Read(ReadOnlySpan<byte> payload, string subject, out PublishAck ack)
    {
        ack = default;
        try
        {
            return TryRead(payload, subject, out ack) ?? (ack.Sequence == 0 ? PublishErrors.NotAStream(subject) : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Somebody who is no stream may answer too: whoever subscribes to the subject and sees a reply subject.
            return PublishErrors.NotAStream(subject);
        }
    }

    private Exception? TryRead(ReadOnlySpan<byte> payload, string subject, out PublishAck ack)
    {
        ack = default;
        var reader = new Utf8JsonReader(payload);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return PublishErrors.NotAStream(subject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("error"u8))
                return ReadError(ref reader, subject);
            bool isStream = reader.ValueTextEquals("stream"u8);
            bool isSequence = reader.ValueTextEquals("seq"u8);
            bool isDuplicate = reader.ValueTextEquals("duplicate"u8);
            bool isDomain = reader.ValueTextEquals("domain"u8);
            reader.Read();
            if (isStream)
                ack = ack with { Stream = StreamIn(ref reader) };
            else if (isSequence)
                ack = ack with { Sequence = reader.GetUInt64() };
            else if (isDuplicate)
                ack = ack with { Duplicate = reader.GetBoolean() };
            else if (isDomain)
                ack = ack with { Domain = Known(ref reader, ref _domain) };
            else
                reader.Skip();
        }

        return null;
    }

    private string StreamIn(ref Utf8JsonReader reader)
    {
        string? before = _there;
        string there = Known(ref reader, ref _there);
        if (there != before)
            _stream = prefix?.OwnStream(there) ?? there;
        return _stream;
    }

    private static JetStreamApiException ReadError(ref Utf8JsonReader reader, string subject)
    {
        reader.Read();
        using JsonDocument error = JsonDocument.ParseValue(ref reader);
        string description = error.RootElement.TryGetProperty("description", out JsonElement text) ? text.GetString() ?? "" : "";
        return PublishErrors.Refused(subject, Number(error.RootElement, "code"), Number(error.RootElement, "err_code"), description);
    }

    private static int Number(JsonElement error, string field) => error.TryGetProperty(field, out JsonElement value) && value.TryGetInt32(out int number) ? number : 0;

    // It is nearly always the same stream.
    private static string Known(ref Utf8JsonReader reader, ref string? last)
    {
        if (last is null || !reader.ValueTextEquals(last))
            last = reader.GetString() ?? "";
        return last;
    }
}
