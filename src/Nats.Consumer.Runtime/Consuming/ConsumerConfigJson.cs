using System.Globalization;
using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Consuming;

/// <summary>What the server is told of a consumer.</summary>
internal static class ConsumerConfigJson
{
    /// <summary>How far the server counts beyond our attempts, so that a dead letter that could not be stored comes back.</summary>
    private const int Margin = 100;

    private static readonly TimeSpan OrderedInactivity = TimeSpan.FromMinutes(5);

    public static JsonObject Durable(ConsumerPlan plan, IReadOnlyList<SubjectPattern> filters)
    {
        ConsumerSettings definition = plan.Settings;
        // To abandon a message the server must count as we do.
        int maxDeliver = definition.OnExhausted == ErrorAckBehavior.Nak ? definition.MaxDeliver : (int)Math.Min((long)definition.MaxDeliver + Margin, int.MaxValue);
        var config = new JsonObject
        {
            ["durable_name"] = plan.Durable,
            ["name"] = plan.Durable,
            ["ack_policy"] = "explicit",
            ["ack_wait"] = definition.AckWait.ToNanoseconds(),
            ["max_deliver"] = maxDeliver,
            ["max_ack_pending"] = definition.MaxAckPending,
        };
        AddStart(config, definition);
        AddFilters(config, filters);
        if (definition.InactiveThreshold is { } inactive)
            config["inactive_threshold"] = inactive.ToNanoseconds();
        if (plan.Definition is PushConsumer)
        {
            config["deliver_subject"] = definition.DeliverSubject ?? $"_DELIVER.{definition.StreamName}.{plan.Durable}";
            config["deliver_group"] = plan.Durable;
            config["flow_control"] = true;
            config["idle_heartbeat"] = PullCommand.Heartbeat.ToNanoseconds();
        }

        return config;
    }

    /// <param name="plan">The consumer.</param>
    /// <param name="filters">By what to filter.</param>
    /// <param name="after">The sequence behind which to go on; <see langword="null"/> to start where the definition says.</param>
    public static JsonObject Ordered(ConsumerPlan plan, IReadOnlyList<SubjectPattern> filters, ulong? after)
    {
        var config = new JsonObject
        {
            ["name"] = $"{plan.Durable}-{Guid.NewGuid():N}", // reusing a name would change a consumer that is still there
            ["ack_policy"] = "none",
            ["max_deliver"] = 1,
            ["mem_storage"] = true,
            ["num_replicas"] = 1,
            ["inactive_threshold"] = OrderedInactivity.ToNanoseconds(),
        };
        AddStart(config, plan.Settings);
        if (after is { } last)
        {
            config["deliver_policy"] = "by_start_sequence";
            config["opt_start_seq"] = last + 1;
            config.Remove("opt_start_time");
        }

        AddFilters(config, filters);
        return config;
    }

    private static void AddStart(JsonObject config, ConsumerSettings definition)
    {
        config["deliver_policy"] = definition.DeliverPolicy switch
        {
            DeliverPolicy.All => "all",
            DeliverPolicy.Last => "last",
            DeliverPolicy.New => "new",
            DeliverPolicy.ByStartSequence => "by_start_sequence",
            DeliverPolicy.ByStartTime => "by_start_time",
            _ => "last_per_subject",
        };
        config["replay_policy"] = "instant";
        if (definition.DeliverPolicy == DeliverPolicy.ByStartSequence)
            config["opt_start_seq"] = definition.StartSequence;
        if (definition.DeliverPolicy == DeliverPolicy.ByStartTime)
            config["opt_start_time"] = definition.StartTime.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
    }

    // Both are always stated, so that changing from one filter to several and back leaves nothing behind.
    private static void AddFilters(JsonObject config, IReadOnlyList<SubjectPattern> filters)
    {
        if (filters.Any(filter => filter.Wire == ">"))
            filters = [];
        config["filter_subject"] = filters.Count == 1 ? filters[0].Wire : "";
        config["filter_subjects"] = new JsonArray([.. filters.Count > 1 ? filters.Select(filter => (JsonNode)filter.Wire) : []]);
    }
}
