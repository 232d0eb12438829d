using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.JetStream;

/// <summary>Reads and deletes single messages. Streams that allow it are read directly, which any replica answers without the detour over base64.</summary>
internal sealed class MessageStore(JetStreamApi api, PayloadSerializer payloads)
{
    private readonly ConcurrentDictionary<string, bool> _direct = new();

    public Task<StoredMessage?> GetAsync(string stream, ulong sequence, CancellationToken cancellationToken) =>
        GetAsync(stream, new JsonObject { ["seq"] = sequence }, $"Reading message {sequence} of stream '{stream}'", cancellationToken);

    public Task<StoredMessage?> GetLastAsync(string stream, string subject, CancellationToken cancellationToken) =>
        GetAsync(stream, new JsonObject { ["last_by_subj"] = WirePattern.Of(subject) }, $"Reading the last message of '{subject}' in stream '{stream}'", cancellationToken);

    public Task<StoredMessage?> GetNextAsync(string stream, string subject, ulong fromSequence, CancellationToken cancellationToken) => GetAsync(
        stream,
        new JsonObject { ["seq"] = fromSequence, ["next_by_subj"] = WirePattern.Of(subject) },
        $"Reading the next message of '{subject}' from {fromSequence} on in stream '{stream}'",
        cancellationToken);

    public async Task<bool> DeleteAsync(string stream, ulong sequence, bool overwrite, CancellationToken cancellationToken)
    {
        JetStreamName.ThrowIfInvalid(stream, "stream");
        var request = new JsonObject { ["seq"] = sequence, ["no_erase"] = !overwrite };
        try
        {
            await api.RequestAsync($"STREAM.MSG.DELETE.{stream}", request, $"Deleting message {sequence} of stream '{stream}'", cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (JetStreamApiException e) when (e.ErrorCode == JetStreamErrorCodes.SequenceNotFound
            || (e.ErrorCode == JetStreamErrorCodes.MessageDeleteFailed && e.Description == "no message found")) // what has been deleted already
        {
            return false;
        }
    }

    private async Task<StoredMessage?> GetAsync(string stream, JsonObject request, string what, CancellationToken cancellationToken)
    {
        JetStreamName.ThrowIfInvalid(stream, "stream");
        if (await IsDirectAsync(stream, cancellationToken).ConfigureAwait(false))
        {
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, JetStreamJson.Default.JsonObject);
            NatsReply reply = await api.Connection.RequestAsync($"$JS.API.DIRECT.GET.{stream}", body, api.Timeout, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (reply.IsOk)
                return reply.Message.Status.Code == 0 ? FromHeaders(reply.Message) : null;
            if (reply.Status == NatsReplyStatus.Disconnected)
                throw new NatsConnectionException($"{what}: the connection was lost before the answer.");
            _direct.TryRemove(stream, out _); // not allowed any more, or nobody there: the API says which
        }

        JsonObject? answer = await api.FindAsync($"STREAM.MSG.GET.{stream}", request, JetStreamErrorCodes.MessageNotFound, what, cancellationToken).ConfigureAwait(false);
        return answer?["message"] is JsonObject message ? FromJson(stream, message) : null;
    }

    // Whether nobody answers a direct read is not told by all servers: before 2.10 it times out.
    private async ValueTask<bool> IsDirectAsync(string stream, CancellationToken cancellationToken)
    {
        if (_direct.TryGetValue(stream, out bool known))
            return known;
        if (await api.GetStreamAsync(stream, cancellationToken).ConfigureAwait(false) is not { } description)
            return false;
        return _direct[stream] = (bool?)description.Config["allow_direct"] ?? false;
    }

    private StoredMessage FromHeaders(NatsMessage message)
    {
        NatsHeaders all = message.Headers ?? [];
        NatsHeaders? own = null;
        foreach (KeyValuePair<string, string> header in all)
        {
            if (!HeaderNames.IsOfDirectGet(header.Key))
                (own ??= []).Add(header.Key, header.Value);
        }

        return new StoredMessage(payloads)
        {
            Stream = all[HeaderNames.Stream] ?? "",
            Subject = all[HeaderNames.Subject] ?? "",
            Sequence = ulong.Parse(all[HeaderNames.Sequence] ?? "0", CultureInfo.InvariantCulture),
            Timestamp = GoTimeConverter.Parse(all[HeaderNames.TimeStamp]),
            Headers = own,
            Payload = message.Payload,
        };
    }

    private StoredMessage FromJson(string stream, JsonObject message)
    {
        byte[]? headers = message["hdrs"] is { } block ? Convert.FromBase64String((string)block!) : null;
        return new StoredMessage(payloads)
        {
            Stream = stream,
            Subject = (string?)message["subject"] ?? "",
            Sequence = (ulong?)message["seq"] ?? 0,
            Timestamp = GoTimeConverter.Parse((string?)message["time"]),
            Headers = headers is null ? null : NatsHeaders.Parse(headers),
            Payload = message["data"] is { } data ? Convert.FromBase64String((string)data!) : ReadOnlyMemory<byte>.Empty,
        };
    }
}
