using System.Text.Json.Nodes;
using Nats.Consumer.Streams;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.JetStream;

/// <summary>A consumer's configuration in the server's JSON: only what is stated.</summary>
internal static class ConsumerJson
{
    /// <exception cref="ArgumentException">It can never work.</exception>
    public static JsonObject From(ConsumerConfig config)
    {
        Check(config);
        JsonObject json = ModelJson.Write(config, ModelJson.Default.ConsumerConfig);
        if (config.DurableName is not null)
            json["name"] = config.DurableName;
        if (config.StartSequence is not null)
            json["deliver_policy"] = "by_start_sequence";
        if (config.StartTime is not null)
            json["deliver_policy"] = "by_start_time";
        if (config.FilterSubjects is { } filters)
        {
            // Both are stated, so that changing from one filter to several and back leaves nothing behind; and one alone works on servers that know no more.
            JsonArray wire = StreamJson.WireSubjects(filters);
            json["filter_subject"] = wire.Count == 1 ? wire[0]!.DeepClone() : "";
            json["filter_subjects"] = wire.Count > 1 ? wire : [];
        }

        return json;
    }

    public static ConsumerInfo Read(JsonObject answer)
    {
        ConsumerInfo info = ModelJson.Read(answer, ModelJson.Default.ConsumerInfo);
        ConsumerConfig config = info.Config;
        if (config.SingleFilter is { Length: > 0 } filter)
            config = config with { FilterSubjects = [filter] };
        return info with { Config = config with { SingleFilter = null }, Json = answer };
    }

    private static void Check(ConsumerConfig config)
    {
        if (config.DurableName is not null)
            JetStreamName.ThrowIfInvalid(config.DurableName, "durable");
        if (config.Name is not null)
            JetStreamName.ThrowIfInvalid(config.Name, "consumer");
        if (config is { DurableName: { } durable, Name: { } name } && durable != name)
            throw new ArgumentException($"The consumer has the durable name '{durable}' and the name '{name}'. State one of them.");
        bool oneStart = (config.DeliverPolicy, config.StartSequence, config.StartTime) switch
        {
            (null, _, null) or (null, null, _) => true,
            (DeliverPolicy.ByStartSequence, not null, null) or (DeliverPolicy.ByStartTime, null, not null) => true,
            (not (DeliverPolicy.ByStartSequence or DeliverPolicy.ByStartTime), null, null) => true,
            _ => false,
        };
        if (!oneStart)
            throw new ArgumentException("A consumer starts at one place. State a DeliverPolicy, or a StartSequence, or a StartTime.");
        foreach (string filter in config.FilterSubjects ?? [])
        {
            if (!SubjectPattern.TryParse(filter, out _, out SubjectError? error))
                throw new ArgumentException($"A filter of the consumer: {error.Message}");
        }
    }
}
