using System.Globalization;
using System.Text.Json.Nodes;
using Nats.Consumer.Configuration;
using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;

namespace Nats.Consumer.Planning;

/// <summary>What changes of a consumer mean, in words.</summary>
internal static class ConsumerEffects
{
    public static IReadOnlyList<string> OfDeleting(JsonObject info) =>
        [$"Loses its position: a new one of the name starts from its deliver policy. {Amount.Of(Number(info, "num_ack_pending"), "message")} unsettled, {Number(info, "num_pending").ToString("N0", CultureInfo.InvariantCulture)} not delivered yet."];

    public static IReadOnlyList<string> OfCreating(JsonObject stream, JsonObject wanted) => (string?)wanted["deliver_policy"] switch
    {
        null or "all" when Messages(stream) > 0 => [$"Starts at the beginning of the stream, which holds {Amount.Of(Messages(stream), "message")}."],
        "new" => ["Starts with what is published from its creation on; what was published before is not delivered."],
        _ => [],
    };

    public static IReadOnlyList<string> OfUpdating(JsonObject info, JsonObject merged, IReadOnlyList<FieldChange> differences)
    {
        var before = (JsonObject)info["config"]!;
        bool filterTold = false;
        var effects = new List<string>();
        foreach (FieldChange difference in differences)
        {
            bool isFilter = difference.Field is "filter_subject" or "filter_subjects";
            if (isFilter && filterTold)
                continue;
            filterTold |= isFilter;
            if (Of(difference.Field, before, merged, info) is { } effect)
                effects.Add(effect);
        }

        return effects;
    }

    private static string? Of(string field, JsonObject before, JsonObject after, JsonObject info)
    {
        long unsettled = Number(info, "num_ack_pending");
        return field switch
        {
            "filter_subject" or "filter_subjects" =>
                $"Skips for good: of the {Amount.Of(Number(info, "num_pending"), "message")} not delivered yet those that the new filter does not take, and what it takes and the consumer has passed already.",
            "ack_wait" when Number(after, field) < Number(before, field) && unsettled > 0 =>
                $"{Amount.Of(unsettled, "message")} unsettled: what was delivered more than {TimeText.Of(Nanoseconds.ToTimeSpan(Number(after, field)))} ago is delivered again at once.",
            "max_deliver" when Number(after, field) > 0 && (Number(before, field) <= 0 || Number(after, field) < Number(before, field)) =>
                "A message that was delivered as often as that is not delivered again.",
            "max_ack_pending" when Number(after, field) > 0 && Number(after, field) <= unsettled => $"{Amount.Of(unsettled, "message")} unsettled: nothing is delivered until there are fewer than {Number(after, field).ToString(CultureInfo.InvariantCulture)}.",
            "backoff" => "The first back-off takes the place of the ack wait, and negative acks ignore back-offs.",
            "inactive_threshold" when Number(after, field) > 0 => $"The server deletes the consumer, with its position, when nobody uses it for {TimeText.Of(Nanoseconds.ToTimeSpan(Number(after, field)))}.",
            "headers_only" when (bool?)after[field] == true => "Payloads are not delivered any more.",
            "deliver_group" => "Who listens without the group, or with another one, gets nothing any more.",
            "deliver_subject" => "Who listens to the old subject gets nothing any more.",
            _ => null,
        };
    }

    private static long Messages(JsonObject stream) => (long?)stream["state"]?["messages"] ?? 0;

    private static long Number(JsonObject json, string field) => WholeNumber.Of(json[field]) ?? 0;
}
