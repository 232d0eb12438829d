using System.Globalization;
using System.Text.Json.Nodes;
using Nats.Consumer.Configuration;
using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;

namespace Nats.Consumer.Planning;

/// <summary>What changes of a stream mean, in words.</summary>
internal static class StreamEffects
{
    public static IReadOnlyList<string> OfDeleting(JsonObject info) =>
        [$"Deletes {Amount.Of(State(info, "messages"), "message")} ({State(info, "bytes").ToString(CultureInfo.InvariantCulture)} bytes) and {Amount.Of(State(info, "consumer_count"), "consumer")} with their positions. There is no way back."];

    public static IReadOnlyList<string> OfUpdating(JsonObject info, JsonObject merged, IReadOnlyList<FieldChange> differences, Version server)
    {
        var before = (JsonObject)info["config"]!;
        return [.. differences.SelectMany(difference => Of(difference.Field, before, merged, info, server))];
    }

    private static IEnumerable<string> Of(string field, JsonObject before, JsonObject after, JsonObject info, Version server)
    {
        bool isOld = server < new Version(2, 10);
        bool refuses = (string?)after["discard"] == "new" && !isOld; // an old server makes the stream fit all the same
        switch (field)
        {
            case "subjects":
                string[] gone = [.. Texts(before).Except(Texts(after))];
                if (gone.Length > 0)
                    yield return $"{string.Join(", ", gone)} is not captured any more: publishing there fails, or is heard by nobody. What was stored stays, and consumers that filter by it fall silent.";
                break;
            case "max_msgs" when Lowers(field, before, after) && State(info, "messages") > Number(after, field):
                yield return refuses
                    ? "The stream holds more than that, so nothing is stored until it holds less."
                    : $"Removes the {Amount.Of(State(info, "messages") - Number(after, field), "oldest message")} at once. There is no way back.";
                break;
            case "max_bytes" when Lowers(field, before, after) && State(info, "bytes") > Number(after, field):
                yield return refuses ? "The stream holds more than that, so nothing is stored until it holds less." : "Removes the oldest messages until the rest fits, at once. There is no way back.";
                break;
            case "max_age" when Lowers(field, before, after):
                yield return $"Removes messages that are older than {TimeText.Of(Nanoseconds.ToTimeSpan(Number(after, field)))} at once. There is no way back.";
                break;
            case "max_msgs_per_subject" when Lowers(field, before, after) && Number(after, field) < State(info, "messages"):
                yield return isOld
                    ? "The oldest messages of a subject that has more are removed when the next one is stored. There is no way back."
                    : "Removes the oldest messages of each subject that has more, at once. There is no way back.";
                break;
            case "max_msg_size" when Lowers(field, before, after):
                yield return "Larger messages are refused from now on.";
                break;
            case "discard":
                yield return (string?)after["discard"] == "new" ? "A full stream refuses new messages from now on: publishers get an error." : "A full stream removes the oldest messages from now on.";
                break;
            case "retention":
                if ((string?)after["retention"] == "interest" && State(info, "messages") > 0)
                    yield return $"Removes the messages that no consumer has still to acknowledge, at once; the stream holds {State(info, "messages").ToString("N0", CultureInfo.InvariantCulture)} and has {Amount.Of(State(info, "consumer_count"), "consumer")}. There is no way back.";
                yield return (string?)after["retention"] == "interest"
                    ? "A message that no consumer wants is not stored any more, and others go when every consumer has acknowledged them."
                    : "Messages stay when they are acknowledged, until a limit is reached.";
                break;
            case "duplicate_window" when Number(after, field) < Number(before, field):
                yield return "Message ids are forgotten earlier: what is published again after that is stored twice.";
                break;
            case "sealed":
                yield return "Nothing can be stored, deleted or changed any more, for good.";
                break;
            case "deny_delete" or "deny_purge" or "allow_msg_ttl" or "allow_msg_schedules" or "subject_delete_marker_ttl":
                yield return "This cannot be taken back.";
                break;
            case "no_ack" when (bool?)after[field] == true:
                yield return "Publishers are not told whether their messages were stored.";
                break;
            case "first_seq":
                yield return "Has no effect on a stream that exists: its numbers go on.";
                break;
            case "mirror":
                yield return "Nothing is copied from the origin any more; the stream can be published to.";
                break;
        }
    }

    // 0 and -1 are no limit.
    private static bool Lowers(string field, JsonObject before, JsonObject after) =>
        Number(after, field) > 0 && (Number(before, field) <= 0 || Number(after, field) < Number(before, field));

    private static IEnumerable<string> Texts(JsonObject config) => (config["subjects"] as JsonArray)?.Select(subject => (string)subject!) ?? [];

    private static long Number(JsonObject config, string field) => WholeNumber.Of(config[field]) ?? 0;

    private static long State(JsonObject info, string field) => (long?)info["state"]?[field] ?? 0;
}
