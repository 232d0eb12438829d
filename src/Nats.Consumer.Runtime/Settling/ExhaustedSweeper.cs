using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Settling;

/// <summary>
/// Keeps copies of messages that the server has given up on without a handler having decided, as when worker after worker is killed: the server says so in an advisory, which names the sequence only
/// (io.nats.jetstream.advisory.v1.max_deliver). Advisories are lost when nobody listens. Where exhausted messages are not kept, it takes them out of the work queue all the same.
/// </summary>
internal sealed class ExhaustedSweeper(INatsConnection connection, JetStreamApi api, ConsumerContext consumer, DeadLetterQueue? deadLetters, TimeProvider time, ILogger logger) : INatsMessageSink
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(2);

    private readonly Channel<byte[]> _advisories = Channel.CreateUnbounded<byte[]>();
    private INatsSubscription? _subscription;

    /// <summary>Begins to listen. Of several workers one is told of each message.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken) => _subscription = await connection
        .SubscribeAsync($"$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.{consumer.Stream}.{consumer.Durable}", this, consumer.Durable, cancellationToken)
        .ConfigureAwait(false);

    /// <summary>Keeps copies of what was heard of, until the consumer ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        byte[]? underWay = null;
        try
        {
            await foreach (byte[] advisory in _advisories.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                underWay = advisory;
                await SweepAsync(advisory, cancellationToken).ConfigureAwait(false);
                underWay = null;
            }
        }
        catch (OperationCanceledException)
        {
            // the consumer has ended
        }
        finally
        {
            await EndAsync(underWay).ConfigureAwait(false);
        }
    }

    /// <summary>Listens no more.</summary>
    public ValueTask CloseAsync() => _subscription?.DisposeAsync() ?? ValueTask.CompletedTask;

    ValueTask INatsMessageSink.OnMessageAsync(in ReceivedMessage message)
    {
        _advisories.Writer.TryWrite(message.Payload.ToArray());
        return ValueTask.CompletedTask;
    }

    void INatsMessageSink.OnClosed(Exception? reason) => _advisories.Writer.TryComplete();

    // Of what has been heard the server tells nobody else.
    private async Task EndAsync(byte[]? underWay)
    {
        await CloseAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(EndTime, time);
        int left = 0;
        for (byte[]? advisory = underWay; advisory is not null || _advisories.Reader.TryRead(out advisory); advisory = null)
        {
            try
            {
                deadline.Token.ThrowIfCancellationRequested();
                await SweepAsync(advisory, deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                left++;
            }
        }

        if (left > 0)
            Log.NotSwept(logger, consumer.Durable, consumer.Stream, left);
    }

    private async Task SweepAsync(byte[] advisory, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (JsonSerializer.Deserialize(advisory, JetStreamJson.Default.JsonObject) is not { } json || (ulong?)json["stream_seq"] is not { } sequence)
                    return;
                await StoreAsync(sequence, (int?)json["deliveries"] ?? 0, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (JsonException)
            {
                return; // not the server's
            }
            catch (NatsException e)
            {
                Log.SweepFailed(logger, consumer.Durable, consumer.Stream, e.Message);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.SweepFailed(logger, consumer.Durable, consumer.Stream, e.Message); // what no trying again can cure shall not end the listening
                return;
            }
        }
    }

    private async Task StoreAsync(ulong sequence, int deliveries, CancellationToken cancellationToken)
    {
        if (await api.ReadMessageAsync(consumer.Stream, sequence, cancellationToken).ConfigureAwait(false) is not { } stored)
            return; // it is gone meanwhile
        if (deadLetters is null)
        {
            Log.GivenUp(logger, sequence, consumer.Stream, deliveries);
        }
        else
        {
            string reason = $"The server gave up on it after {deliveries} deliveries, none of which was settled.";
            await deadLetters.StoreAsync(AsDelivery(stored, sequence, deliveries), reason, null, cancellationToken).ConfigureAwait(false);
            Log.Swept(logger, sequence, consumer.Stream, deliveries, deadLetters.StreamName);
        }

        // Nobody gets it any more, and in a work queue it would stay for ever.
        if (await api.GetStreamAsync(consumer.Stream, cancellationToken).ConfigureAwait(false) is { Retention: "workqueue" })
            await api.RemoveMessageAsync(consumer.Stream, sequence, cancellationToken).ConfigureAwait(false);
    }

    // As it was delivered last, so that its copy gets the id that any other copy of it would get.
    private InboundMessage AsDelivery(JsonObject stored, ulong sequence, int deliveries)
    {
        byte[] Bytes(string field) => Convert.FromBase64String((string?)stored[field] ?? "");
        long storedAt = Nanoseconds.Parse((string)stored["time"]!);
        byte[] replyTo = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"$JS.ACK.{consumer.Stream}.{consumer.Durable}.{deliveries}.{sequence}.0.{storedAt}.0"));
        _ = AckSubject.TryParse(replyTo, out AckSubject ack);
        var message = new InboundMessage();
        message.Fill(new ReceivedMessage(Encoding.UTF8.GetBytes((string)stored["subject"]!), replyTo, Bytes("hdrs"), Bytes("data")), ack, consumer, 0);
        return message;
    }
}
