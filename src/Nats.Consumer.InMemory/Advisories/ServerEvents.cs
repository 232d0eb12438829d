using System.Globalization;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Consumers;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Advisories;

/// <summary>Tells what happens: to observers in the process, and as the server's advisories on <c>$JS.EVENT</c>.</summary>
internal sealed class ServerEvents(Server server)
{
    private const string Prefix = "io.nats.jetstream.advisory.v1.";
    private long _lastId;
    private long _sampled;

    public event Action<InMemoryEvent>? Happened;

    public void OnStored(ServerStream stream, StoredMessage message)
    {
        if (Happened is null)
            return;
        Tell(new InMemoryEvent(InMemoryEventKind.Stored, Now, stream.Name, "", message.Sequence, message.Subject.Text)
        {
            Payload = message.Payload,
            Headers = message.Headers.Length > 0 ? NatsHeaders.Parse(message.Headers) : null,
        });
    }

    public void OnDelivered(ServerConsumer consumer, StoredMessage message, ulong deliveries)
    {
        if (Happened is not null)
            Tell(InMemoryEventKind.Delivered, consumer, message.Sequence, deliveries);
    }

    public void OnAcknowledged(ServerConsumer consumer, AckSubject ack, bool mayBeSampled)
    {
        if (Happened is not null)
            Tell(InMemoryEventKind.Acknowledged, consumer, ack.StreamSequence, ack.Deliveries);
        if (mayBeSampled && consumer.Config.SampleFreq is { Length: > 0 } sample && IsSampled(sample))
            Send($"$JS.EVENT.METRIC.CONSUMER.ACK.{consumer.Stream.Name}.{consumer.Name}", "io.nats.jetstream.metric.v1.consumer_ack", Delivery(consumer, ack));
    }

    public void OnNak(ServerConsumer consumer, AckSubject ack, long delay)
    {
        if (Happened is not null)
            Tell(InMemoryEventKind.NegativelyAcknowledged, consumer, ack.StreamSequence, ack.Deliveries, delay);
        Send($"$JS.EVENT.ADVISORY.CONSUMER.MSG_NAKED.{consumer.Stream.Name}.{consumer.Name}", $"{Prefix}nak", Delivery(consumer, ack));
    }

    public void OnInProgress(ServerConsumer consumer, AckSubject ack)
    {
        if (Happened is not null)
            Tell(InMemoryEventKind.InProgress, consumer, ack.StreamSequence, ack.Deliveries);
    }

    public void OnTerminated(ServerConsumer consumer, AckSubject ack, string reason)
    {
        if (Happened is not null)
            Tell(InMemoryEventKind.Terminated, consumer, ack.StreamSequence, ack.Deliveries, 0, reason);
        JsonObject body = Delivery(consumer, ack);
        if (reason.Length > 0)
            body["reason"] = reason;
        Send($"$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.{consumer.Stream.Name}.{consumer.Name}", $"{Prefix}terminated", body);
    }

    public void OnMaxDeliveries(ServerConsumer consumer, ulong sequence, ulong deliveries)
    {
        if (Happened is not null)
            Tell(InMemoryEventKind.MaxDeliveries, consumer, sequence, deliveries);
        Send(
            $"$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.{consumer.Stream.Name}.{consumer.Name}",
            $"{Prefix}max_deliver",
            new JsonObject { ["stream"] = consumer.Stream.Name, ["consumer"] = consumer.Name, ["stream_seq"] = sequence, ["deliveries"] = deliveries });
    }

    public void OnCreated(ServerStream stream) => SendAction(stream, "CREATED", "create");

    public void OnUpdated(ServerStream stream) => SendAction(stream, "UPDATED", "modify");

    public void OnDeleted(ServerStream stream) => SendAction(stream, "DELETED", "delete");

    public void OnCreated(ServerConsumer consumer) => SendAction(consumer, "CREATED", "create");

    public void OnDeleted(ServerConsumer consumer) => SendAction(consumer, "DELETED", "delete");

    public void OnPaused(ServerConsumer consumer)
    {
        var body = new JsonObject { ["stream"] = consumer.Stream.Name, ["consumer"] = consumer.Name, ["paused"] = consumer.IsPaused };
        if (consumer.PauseUntil > 0)
            body["pause_until"] = MessageBroker.FormatTime(consumer.PauseUntil);
        Send($"$JS.EVENT.ADVISORY.CONSUMER.PAUSE.{consumer.Stream.Name}.{consumer.Name}", $"{Prefix}consumer_pause", body);
    }

    public void OnApiCall(ApiRequest request, byte[] answer)
    {
        if (!server.Broker.HasInterest("$JS.EVENT.ADVISORY.API"))
            return;
        Send(
            "$JS.EVENT.ADVISORY.API",
            $"{Prefix}api_audit",
            new JsonObject
            {
                ["server"] = server.Info.ServerName,
                ["subject"] = string.Join('.', request.Tokens),
                ["request"] = request.PayloadText,
                ["response"] = System.Text.Encoding.UTF8.GetString(answer),
            });
    }

    private void SendAction(ServerStream stream, string verb, string action) =>
        Send($"$JS.EVENT.ADVISORY.STREAM.{verb}.{stream.Name}", $"{Prefix}stream_action", new JsonObject { ["stream"] = stream.Name, ["action"] = action });

    private void SendAction(ServerConsumer consumer, string verb, string action) => Send(
        $"$JS.EVENT.ADVISORY.CONSUMER.{verb}.{consumer.Stream.Name}.{consumer.Name}",
        $"{Prefix}consumer_action",
        new JsonObject { ["stream"] = consumer.Stream.Name, ["consumer"] = consumer.Name, ["action"] = action });

    private static JsonObject Delivery(ServerConsumer consumer, AckSubject ack) => new()
    {
        ["stream"] = consumer.Stream.Name,
        ["consumer"] = consumer.Name,
        ["consumer_seq"] = ack.ConsumerSequence,
        ["stream_seq"] = ack.StreamSequence,
        ["deliveries"] = ack.Deliveries,
    };

    // The body is made for whoever listens, and mostly nobody does.
    private void Send(string subject, string type, JsonObject body)
    {
        if (!server.Broker.HasInterest(subject))
            return;
        body.Insert(0, "type", type);
        body.Insert(1, "id", (++_lastId).ToString("x22", CultureInfo.InvariantCulture));
        body.Insert(2, "timestamp", MessageBroker.FormatTime(server.Broker.Now));
        if (server.Domain is { } domain)
            body["domain"] = domain;
        server.Broker.Send(System.Text.Encoding.UTF8.GetBytes(subject), default, Server.ToUtf8(body));
    }

    private bool IsSampled(string frequency) =>
        double.TryParse(frequency.TrimEnd('%'), CultureInfo.InvariantCulture, out double percent) && percent > 0 && _sampled++ % Math.Max(1, (long)(100 / percent)) == 0;

    private DateTimeOffset Now => DateTimeOffset.UnixEpoch.AddTicks(server.Broker.Now / 100);

    private void Tell(InMemoryEventKind kind, ServerConsumer consumer, ulong sequence, ulong deliveries, long delay = 0, string reason = "") => Tell(
        new InMemoryEvent(kind, Now, consumer.Stream.Name, consumer.Name, sequence, consumer.Stream.Messages.Find(sequence)?.Subject.Text ?? "")
        {
            Deliveries = (int)deliveries,
            Delay = TimeSpan.FromTicks(delay / 100),
            Reason = reason,
        });

    private void Tell(InMemoryEvent happened) => Happened?.Invoke(happened);
}
