using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Nats.Consumer.Client;
using Nats.Consumer.Hosting;
using Nats.Consumer.Payloads;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.JetStream;

/// <summary>Publishes into streams: each message is a request whose reply is the stream's confirmation.</summary>
internal sealed class JetStreamPublisher(INatsConnection connection, PayloadSerializer payloads, TimeSpan timeout, TimeProvider time) : IJetStream
{
    // No responders may mean that the stream's leader is just moving, or that the stream is just being created (ADR-22).
    private const int NoResponderAttempts = 4;
    private static readonly TimeSpan NoResponderPause = TimeSpan.FromMilliseconds(250);

    public ValueTask<PublishAck> PublishAsync<T>(string subject, T value, PublishOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!Subject.TryValidate(subject, out SubjectError? error))
            throw new ArgumentException(error.Message, nameof(subject));
        NatsHeaders? headers = Headers(options);
        return PublishAsync(subject, payloads.Write(value), headers, cancellationToken);
    }

    internal async ValueTask<PublishAck> PublishAsync(string subject, ReadOnlyMemory<byte> payload, NatsHeaders? headers, CancellationToken cancellationToken)
    {
        // An application that starts before its server waits for it, wherever it publishes from.
        if (connection.State is NatsConnectionState.New or NatsConnectionState.Connecting)
            await Connector.ConnectAsync(connection, time, () => 0.5, NullLogger.Instance, cancellationToken).ConfigureAwait(false);
        for (int attempt = 1; ; attempt++)
        {
            NatsReply reply = await connection.RequestAsync(subject, payload.Span, timeout, headers, cancellationToken).ConfigureAwait(false);
            if (reply.Status != NatsReplyStatus.NoResponders || attempt == NoResponderAttempts)
                return Read(reply, subject);
            await Task.Delay(NoResponderPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static NatsHeaders? Headers(PublishOptions? options)
    {
        if (options is null or { MessageId: null, ExpectedStream: null })
            return options?.Headers;
        var headers = new NatsHeaders();
        foreach (KeyValuePair<string, string> header in options.Headers ?? [])
            headers.Add(header.Key, header.Value);
        if (options.MessageId is { } id)
            headers[HeaderNames.MessageId] = id;
        if (options.ExpectedStream is { } stream)
            headers[HeaderNames.ExpectedStream] = stream;
        return headers;
    }

    private PublishAck Read(NatsReply reply, string subject)
    {
        switch (reply.Status)
        {
            case NatsReplyStatus.NoResponders:
                throw new JetStreamException(
                    $"No stream captures '{subject}', so the message was not stored. Add the subject to a stream, or check that JetStream is on (nats-server -js).");
            case NatsReplyStatus.TimedOut:
                throw new JetStreamTimeoutException($"No stream confirmed the message to '{subject}' within {timeout.TotalSeconds:0.#} s. It may have been stored; a message id makes it safe to try again.");
            case NatsReplyStatus.Disconnected:
                throw new NatsConnectionException($"The connection was lost before the message to '{subject}' was confirmed. It may have been stored; a message id makes it safe to try again.");
        }

        using JsonDocument answer = Parse(reply.Message.Payload, subject);
        JsonElement root = answer.RootElement;
        if (root.TryGetProperty("error", out JsonElement error))
        {
            throw new JetStreamApiException(
                Number(error, "code"),
                Number(error, "err_code"),
                error.TryGetProperty("description", out JsonElement text) ? text.GetString() ?? "" : "",
                $"Publishing to '{subject}'");
        }

        return new PublishAck(
            root.GetProperty("stream").GetString() ?? "",
            root.GetProperty("seq").GetUInt64(),
            root.TryGetProperty("duplicate", out JsonElement duplicate) && duplicate.ValueKind == JsonValueKind.True);
    }

    private static int Number(JsonElement error, string field) => error.TryGetProperty(field, out JsonElement value) && value.TryGetInt32(out int number) ? number : 0;

    // Somebody who is no stream may answer too: whoever subscribes to the subject and sees a reply subject.
    private static JsonDocument Parse(ReadOnlyMemory<byte> payload, string subject)
    {
        JsonDocument? answer = null;
        try
        {
            answer = JsonDocument.Parse(payload);
            if (answer.RootElement.ValueKind == JsonValueKind.Object && (answer.RootElement.TryGetProperty("seq", out _) || answer.RootElement.TryGetProperty("error", out _)))
                return answer;
        }
        catch (JsonException)
        {
        }

        answer?.Dispose();
        throw new JetStreamException($"The answer to the message to '{subject}' is not from a stream. Somebody else who subscribes to the subject replies to it.");
    }
}
