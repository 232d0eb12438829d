using System.Text.Json;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Prefixing;

namespace Nats.Consumer.JetStream;

/// <summary>The JetStream API of the server: JSON requests under <c>$JS.API</c>.</summary>
internal sealed class JetStreamApi(INatsConnection connection, TimeSpan timeout)
{
    private static readonly Version WithActions = new(2, 10, 0);

    public INatsConnection Connection => connection;

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout => timeout;

    public Version ServerVersion => connection.ServerInfo?.Version ?? new Version(0, 0);

    /// <summary>Throws with a remedy when JetStream does not answer.</summary>
    public async Task CheckEnabledAsync(CancellationToken cancellationToken) =>
        await RequestAsync("INFO", null, "Asking for JetStream", cancellationToken).ConfigureAwait(false);

    public async Task<StreamDescription?> GetStreamAsync(string stream, CancellationToken cancellationToken) =>
        await FindAsync($"STREAM.INFO.{stream}", null, JetStreamErrorCodes.StreamNotFound, $"Reading stream '{stream}'", cancellationToken).ConfigureAwait(false) is { } answer
            ? StreamDescription.From(answer)
            : null;

    public async Task<StreamDescription> CreateStreamAsync(JsonObject config, CancellationToken cancellationToken) =>
        StreamDescription.From(await RequestAsync($"STREAM.CREATE.{config["name"]}", config, $"Creating stream '{config["name"]}'", cancellationToken).ConfigureAwait(false));

    public async Task<StreamDescription> UpdateStreamAsync(JsonObject config, CancellationToken cancellationToken) =>
        StreamDescription.From(await RequestAsync($"STREAM.UPDATE.{config["name"]}", config, $"Updating stream '{config["name"]}'", cancellationToken).ConfigureAwait(false));

    /// <returns>Whether the stream existed.</returns>
    public async Task<bool> DeleteStreamAsync(string stream, CancellationToken cancellationToken) =>
        await FindAsync($"STREAM.DELETE.{stream}", null, JetStreamErrorCodes.StreamNotFound, $"Deleting stream '{stream}'", cancellationToken).ConfigureAwait(false) is not null;

    public async Task<ConsumerDescription?> GetConsumerAsync(string stream, string consumer, CancellationToken cancellationToken) =>
        await FindAsync($"CONSUMER.INFO.{stream}.{consumer}", null, JetStreamErrorCodes.ConsumerNotFound, $"Reading consumer '{consumer}' of stream '{stream}'", cancellationToken)
            .ConfigureAwait(false) is { } answer
            ? ConsumerDescription.From(answer)
            : null;

    public Task<ConsumerDescription> CreateConsumerAsync(string stream, JsonObject config, CancellationToken cancellationToken) =>
        WriteConsumerAsync(stream, config, "create", "Creating", cancellationToken);

    public Task<ConsumerDescription> UpdateConsumerAsync(string stream, JsonObject config, CancellationToken cancellationToken) =>
        WriteConsumerAsync(stream, config, "update", "Updating", cancellationToken);

    /// <returns>Whether the consumer existed.</returns>
    public async Task<bool> DeleteConsumerAsync(string stream, string consumer, CancellationToken cancellationToken) =>
        await FindAsync($"CONSUMER.DELETE.{stream}.{consumer}", null, JetStreamErrorCodes.ConsumerNotFound, $"Deleting consumer '{consumer}' of stream '{stream}'", cancellationToken)
            .ConfigureAwait(false) is not null;

    /// <summary>The message as the server keeps it: subject, sequence, time, headers and payload (both in base64); <see langword="null"/> when it is gone.</summary>
    public async Task<JsonObject?> ReadMessageAsync(string stream, ulong sequence, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject answer = await RequestAsync($"STREAM.MSG.GET.{stream}", new JsonObject { ["seq"] = sequence }, $"Reading message {sequence} of stream '{stream}'", cancellationToken).ConfigureAwait(false);
            return (JsonObject)answer["message"]!;
        }
        catch (JetStreamApiException e) when (e.ErrorCode == JetStreamErrorCodes.MessageNotFound)
        {
            return null;
        }
    }

    /// <summary>The last message of a subject; <see langword="null"/> when there is none, or no such stream.</summary>
    public Task<JsonObject?> FindLastAsync(string stream, string subject, CancellationToken cancellationToken) =>
        FindMessageAsync(stream, new JsonObject { ["last_by_subj"] = subject }, cancellationToken);

    /// <summary>The first message of a subject or pattern from a sequence on; <see langword="null"/> when there is none, or no such stream.</summary>
    public Task<JsonObject?> FindNextAsync(string stream, string subject, ulong sequence, CancellationToken cancellationToken) =>
        FindMessageAsync(stream, new JsonObject { ["seq"] = sequence, ["next_by_subj"] = subject }, cancellationToken);

    private async Task<JsonObject?> FindMessageAsync(string stream, JsonObject which, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject answer = await RequestAsync($"STREAM.MSG.GET.{stream}", which, $"Looking for a message of stream '{stream}'", cancellationToken).ConfigureAwait(false);
            return answer["message"] as JsonObject;
        }
        catch (JetStreamApiException e) when (e.ErrorCode is JetStreamErrorCodes.MessageNotFound or JetStreamErrorCodes.StreamNotFound)
        {
            return null;
        }
    }

    public async Task RemoveMessageAsync(string stream, ulong sequence, CancellationToken cancellationToken) => await RequestAsync(
        $"STREAM.MSG.DELETE.{stream}", new JsonObject { ["seq"] = sequence, ["no_erase"] = true }, $"Deleting message {sequence} of stream '{stream}'", cancellationToken).ConfigureAwait(false);

    private async Task<ConsumerDescription> WriteConsumerAsync(string stream, JsonObject config, string action, string doing, CancellationToken cancellationToken) =>
        ConsumerDescription.From(await PutConsumerAsync(stream, config, action, doing, cancellationToken).ConfigureAwait(false));

    /// <param name="stream">The stream.</param>
    /// <param name="config">The configuration; without a name the server makes one up.</param>
    /// <param name="action"><c>create</c>, <c>update</c>, or empty for whichever it takes.</param>
    /// <param name="doing">What is being done, for errors.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<JsonObject> PutConsumerAsync(string stream, JsonObject config, string action, string doing, CancellationToken cancellationToken)
    {
        string? name = (string?)config["durable_name"] ?? (string?)config["name"];
        var body = new JsonObject { ["stream_name"] = stream, ["config"] = config.DeepClone() };
        if (ServerVersion >= WithActions)
            body["action"] = action; // 2.9 does not know it: there a create overwrites and an update creates
        // A single filter is part of the API subject, so that permissions can be given by it (ADR-36).
        string filter = (string?)config["filter_subject"] is { Length: > 0 } subject ? $".{subject}" : "";
        return name is null
            ? RequestAsync($"CONSUMER.CREATE.{stream}", body, $"{doing} a consumer of stream '{stream}'", cancellationToken)
            : RequestAsync($"CONSUMER.CREATE.{stream}.{name}{filter}", body, $"{doing} consumer '{name}' of stream '{stream}'", cancellationToken);
    }

    /// <returns>The answer; <see langword="null"/> when the server says that there is no such thing.</returns>
    public async Task<JsonObject?> FindAsync(string subject, JsonObject? body, int notFound, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await RequestAsync(subject, body, what, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException e) when (e.ErrorCode == notFound)
        {
            return null;
        }
    }

    /// <param name="subject">The request, without <c>$JS.API.</c></param>
    /// <param name="body">Its parameters.</param>
    /// <param name="what">What is being done, for errors.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<JsonObject> RequestAsync(string subject, JsonObject? body, string what, CancellationToken cancellationToken)
    {
        byte[] payload = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, JetStreamJson.Default.JsonObject);
        NatsReply reply = await connection.RequestAsync($"$JS.API.{subject}", payload, timeout, cancellationToken: cancellationToken).ConfigureAwait(false);
        switch (reply.Status)
        {
            case NatsReplyStatus.NoResponders:
                throw NotEnabled();
            case NatsReplyStatus.TimedOut:
                throw new JetStreamTimeoutException(
                    $"{what}: no answer within {timeout.TotalSeconds:0.#} s. The server may be overloaded or without a JetStream leader, or the account may not be allowed to use '{OnTheServer(subject)}'.");
            case NatsReplyStatus.NotPermitted:
                throw new JetStreamPermissionException($"{what}: the user of this connection may not publish to '{OnTheServer(subject)}'. Allow it in the server's permissions.");
            case NatsReplyStatus.Disconnected:
                throw new NatsConnectionException($"{what}: the connection was lost before the answer.");
        }

        JsonObject answer = Parse(reply.Message.Payload.Span, what);
        if (answer["error"] is not JsonObject error)
            return answer;
        int code = (int?)error["code"] ?? 0;
        int errorCode = (int?)error["err_code"] ?? 0;
        if (errorCode is JetStreamErrorCodes.JetStreamNotEnabledForAccount or JetStreamErrorCodes.JetStreamNotEnabled)
            throw NotEnabled();
        throw new JetStreamApiException(code, errorCode, (string?)error["description"] ?? "no description", what);
    }

    private string OnTheServer(string subject) => SubjectPrefix.Of(connection) is { } prefix ? ApiSubject.Out(prefix, $"$JS.API.{subject}", out _) : $"$JS.API.{subject}";

    private static JsonObject Parse(ReadOnlySpan<byte> payload, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, JetStreamJson.Default.JsonObject) ?? throw new JetStreamException($"{what}: the answer is empty.");
        }
        catch (JsonException e)
        {
            throw new JetStreamException($"{what}: the answer is not JSON.", e);
        }
    }

    private JetStreamNotEnabledException NotEnabled() => new(
        $"JetStream is off on nats-server '{connection.ServerInfo?.ServerName}' ({ServerVersion}) or for this account. "
        + "Start the server with -js, or enable JetStream for the account in its configuration.");
}
