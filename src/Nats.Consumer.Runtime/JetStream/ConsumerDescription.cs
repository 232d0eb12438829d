using System.Text.Json.Nodes;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.JetStream;

/// <summary>A consumer as the server describes it.</summary>
internal sealed record ConsumerDescription(JsonObject Config, long AckPending, long Pending, long Redelivered, ulong AckFloor, ulong Delivered)
{
    public AckDeadlines Deadlines => new(
        AckWait, Config["backoff"] is JsonArray backoff ? [.. backoff.Select(wait => Nanoseconds.ToTimeSpan((long?)wait ?? 0))] : []);

    public string DeliverSubject => (string?)Config["deliver_subject"] ?? "";

    public TimeSpan AckWait => Nanoseconds.ToTimeSpan((long?)Config["ack_wait"] ?? 0);

    public static ConsumerDescription From(JsonObject answer) => new(
        (JsonObject)answer["config"]!,
        (long?)answer["num_ack_pending"] ?? 0,
        (long?)answer["num_pending"] ?? 0,
        (long?)answer["num_redelivered"] ?? 0,
        (ulong?)answer["ack_floor"]?["stream_seq"] ?? 0,
        (ulong?)answer["delivered"]?["stream_seq"] ?? 0);
}
