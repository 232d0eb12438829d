using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>What the server tells of a stream.</summary>
internal static class StreamInfo
{
    private const int MostSubjects = 100_000;
    private const string NoTime = "0001-01-01T00:00:00Z";

    public static JsonObject Describe(ServerStream stream) => Describe(stream, Assets.Told(stream.Config.Metadata, stream.Server.Version));

    public static JsonObject DescribeInList(ServerStream stream) => Describe(stream, stream.Config.Metadata);

    /// <summary>As it is told when asked for, with the sequences that are gone or the subjects that match.</summary>
    public static JsonObject Describe(ServerStream stream, bool withGone, Pattern? subjects, int offset)
    {
        JsonObject info = Describe(stream);
        var state = (JsonObject)info["state"]!;
        if (withGone && stream.Messages.Gone().ToArray() is { Length: > 0 } gone)
            state["deleted"] = new JsonArray([.. gone.Select(sequence => JsonValue.Create(sequence))]);
        SubjectMessages[] matching =
            subjects is null ? [] : [.. stream.Messages.Subjects.Where(subject => subjects.Matches(subject.Utf8)).OrderBy(subject => subject.Text, StringComparer.Ordinal)];
        offset = Math.Clamp(offset, 0, matching.Length);
        info.Insert(0, "total", matching.Length);
        info.Insert(1, "offset", offset);
        info.Insert(2, "limit", matching.Length > 0 ? MostSubjects : 0);
        if (matching.Length > offset)
            state["subjects"] = new JsonObject(matching.Skip(offset).Take(MostSubjects).Select(subject => KeyValuePair.Create(subject.Text, (JsonNode?)subject.Count)));
        if (stream.Server.Version.AddsMetadata)
            info["cluster"] = new JsonObject { ["leader"] = stream.Server.Info.ServerName };
        return info;
    }

    private static JsonObject Describe(ServerStream stream, SortedDictionary<string, string>? metadata)
    {
        MessageStore messages = stream.Messages;
        var state = new JsonObject
        {
            ["messages"] = messages.Count,
            ["bytes"] = messages.Bytes,
            ["first_seq"] = messages.FirstSequence,
            ["first_ts"] = messages.First is { } first ? MessageBroker.FormatTime(first.Time) : NoTime,
            ["last_seq"] = messages.LastSequence,
            ["last_ts"] = messages.LastTime > 0 ? MessageBroker.FormatTime(messages.LastTime) : NoTime,
            ["consumer_count"] = stream.Consumers.Count,
        };
        if (messages.SubjectCount > 0)
            state["num_subjects"] = messages.SubjectCount;
        if (messages.Count > 0 && (long)(messages.LastSequence - messages.FirstSequence + 1) - messages.Count is var gone and > 0)
            state["num_deleted"] = gone;
        var info = new JsonObject
        {
            ["config"] = Configs.Write(stream.Config with { Metadata = metadata }, ApiJson.Default.StreamConfig, stream.Server.Version.UnknownStreamFields),
            ["created"] = MessageBroker.FormatTime(stream.Created),
            ["state"] = state,
        };
        if (stream.Server.Version.AddsMetadata)
            info["ts"] = MessageBroker.FormatTime(stream.Server.Broker.Now);
        return info;
    }
}
