using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>A request for messages.</summary>
internal sealed class PullRequest
{
    public required byte[] ReplyTo { get; init; }

    /// <summary>How many messages are still asked for.</summary>
    public long Batch { get; set; } = 1;

    /// <summary>How many bytes may still come; zero for any.</summary>
    public long MaxBytes { get; set; }

    public bool NoWait { get; init; }

    /// <summary>When it ends, in nanoseconds of Unix time.</summary>
    public long ExpiresAt { get; init; } = Alarm.Never;

    /// <summary>The time between signs of life; zero for none.</summary>
    public long Heartbeat { get; init; }

    public long NextHeartbeat { get; set; } = Alarm.Never;

    public bool HasDelivered { get; set; }

    /// <summary>Whether it ends at a time.</summary>
    public bool Expires => ExpiresAt != Alarm.Never;

    /// <summary>Reads a request: nothing for one message, a number, or JSON.</summary>
    /// <returns><see langword="null"/> with an error when it cannot be read.</returns>
    public static PullRequest? TryParse(ReadOnlySpan<byte> payload, byte[] replyTo, long now, out string error)
    {
        error = "";
        ReadOnlySpan<byte> text = payload.Trim(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != (byte)'{')
        {
            bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long batch);
            return new PullRequest { ReplyTo = replyTo, Batch = isNumber ? batch : 1 };
        }

        if (TryParseUsual(text, replyTo, now) is { } usual)
            return usual;
        try
        {
            var json = (JsonObject)JsonSerializer.Deserialize(text, ApiJson.Default.JsonObject)!;
            return Create(replyTo, now, Number(json, "batch"), Number(json, "max_bytes"), Number(json, "expires"), Number(json, "idle_heartbeat"), (bool?)json["no_wait"] ?? false, out error);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            error = e.Message;
            return null;
        }
    }

    // Without building a tree, because workers ask often.
    private static PullRequest? TryParseUsual(ReadOnlySpan<byte> text, byte[] replyTo, long now)
    {
        long batch = 0, expires = 0, heartbeat = 0;
        var reader = new Utf8JsonReader(text);
        try
        {
            if (!reader.Read())
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isBatch = reader.ValueTextEquals("batch"u8), isExpires = reader.ValueTextEquals("expires"u8), isHeartbeat = reader.ValueTextEquals("idle_heartbeat"u8);
                if (!(isBatch || isExpires || isHeartbeat) || !reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number))
                    return null;
                (batch, expires, heartbeat) = (isBatch ? number : batch, isExpires ? number : expires, isHeartbeat ? number : heartbeat);
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return Create(replyTo, now, batch, 0, expires, heartbeat, false, out _);
    }

    private static PullRequest? Create(byte[] replyTo, long now, long batch, long maxBytes, long expires, long heartbeat, bool noWait, out string error)
    {
        error = "";
        if (heartbeat > 0 && heartbeat * 2 > expires)
        {
            error = "heartbeat value too large";
            return null;
        }

        return new PullRequest
        {
            ReplyTo = replyTo,
            Batch = batch,
            MaxBytes = maxBytes,
            NoWait = noWait,
            ExpiresAt = expires == 0 ? Alarm.Never : now + expires,
            Heartbeat = heartbeat,
            NextHeartbeat = heartbeat > 0 ? now + heartbeat : Alarm.Never,
        };
    }

    private static long Number(JsonObject json, string name) => (long?)json[name] ?? 0;
}

/// <summary>What the server tells a puller, as a first header line.</summary>
internal static class PullAnswer
{
    public static byte[] Status(string status) => Encoding.UTF8.GetBytes($"NATS/1.0 {status}\r\n\r\n");

    /// <summary>A status that ends a request, with what it still asked for.</summary>
    public static byte[] Ending(string status, PullRequest request) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"NATS/1.0 {status}\r\nNats-Pending-Messages: {request.Batch}\r\nNats-Pending-Bytes: {request.MaxBytes}\r\n\r\n"));
}
