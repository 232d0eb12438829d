using Nats.Consumer.Client;
using Nats.Consumer.Payloads;
using Nats.Consumer.Prefixing;
using Nats.Consumer.Subjects;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.JetStream;

/// <summary>Publishes into streams: each message is a request whose reply is the stream's confirmation.</summary>
internal sealed class JetStreamPublisher(INatsConnection connection, PayloadSerializer payloads, TimeSpan timeout, TimeProvider time)
{
    // No responders may mean that the stream's leader is just moving, or that the stream is just being created (ADR-22).
    public const int NoResponderAttempts = 4;
    public static readonly TimeSpan NoResponderPause = TimeSpan.FromMilliseconds(250);

    public ValueTask<PublishAck> PublishAsync<T>(string subject, T value, PublishOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfInvalid(subject);
        return PublishAsync(subject, payloads.Write(value), options, cancellationToken);
    }

    public async ValueTask<PublishAck> PublishAsync(string subject, ReadOnlyMemory<byte> payload, NatsHeaders? headers, CancellationToken cancellationToken)
    {
        await FirstConnect.EnsureAsync(connection, time, cancellationToken).ConfigureAwait(false);
        using PublishActivity activity = PublishActivity.Begin(time);
        try
        {
            PublishAck ack = await SendAsync(subject, payload, activity.Headers(headers), cancellationToken).ConfigureAwait(false);
            activity.Stored(ack);
            return ack;
        }
        catch (Exception e)
        {
            activity.Failed(e);
            throw;
        }
    }

    /// <summary>Opens a window of messages on the way.</summary>
    public PublishWindow OpenWindow(PublishWindowOptions? options) => new(new PublishPipeline(connection, payloads, options ?? new PublishWindowOptions(), timeout, time));

    /// <exception cref="ArgumentException">Nothing can be published to the subject.</exception>
    public static void ThrowIfInvalid(string subject)
    {
        if (!Subject.TryValidate(subject, out SubjectError? error))
            throw new ArgumentException(error.Message, nameof(subject));
    }

    private async ValueTask<PublishAck> PublishAsync(string subject, ReadOnlyMemory<byte> payload, PublishOptions? options, CancellationToken cancellationToken)
    {
        await FirstConnect.EnsureAsync(connection, time, cancellationToken).ConfigureAwait(false); // what the server can do is known then
        return await PublishAsync(subject, payload, PublishHeaders.From(options, connection), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<PublishAck> SendAsync(string subject, ReadOnlyMemory<byte> payload, NatsHeaders? headers, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            NatsReply reply = await connection.RequestAsync(subject, payload.Span, timeout, headers, cancellationToken).ConfigureAwait(false);
            if (reply.Status != NatsReplyStatus.NoResponders || attempt == NoResponderAttempts)
                return Read(reply, subject);
            await Task.Delay(NoResponderPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private PublishAck Read(NatsReply reply, string subject)
    {
        Exception? error = reply.Status switch
        {
            NatsReplyStatus.NoResponders => PublishErrors.NoStream(subject),
            NatsReplyStatus.TimedOut => PublishErrors.TimedOut(subject, timeout),
            NatsReplyStatus.NotPermitted => PublishErrors.NotPermitted(SubjectPrefix.Of(connection)?.Subject(subject) ?? subject),
            NatsReplyStatus.Disconnected => PublishErrors.Disconnected(subject),
            _ => null,
        };
        PublishAck ack = default;
        error ??= new PublishReply(SubjectPrefix.Of(connection)).Read(reply.Message.Payload.Span, subject, out ack);
        return error is null ? ack : throw error;
    }
}
