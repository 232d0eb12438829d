namespace Nats.Consumer.Planning;

/// <summary>What nats-servers make of a consumer's configuration, as data; tried as <see cref="StreamTable"/>.</summary>
internal static class ConsumerTable
{
    private const string Anew = "Give the consumer another name, or delete it; a new one starts from its deliver policy.";

    public static readonly IReadOnlyDictionary<string, Version> Since = new Dictionary<string, Version>
    {
        ["filter_subjects"] = new(2, 10),
        ["metadata"] = new(2, 10),
        ["priority_groups"] = new(2, 11),
        ["priority_policy"] = new(2, 11),
        ["priority_timeout"] = new(2, 11),
    };

    public static readonly IReadOnlyList<FieldRule> Changes =
    [
        new("deliver_policy", _ => true, $"The server cannot change where a consumer starts. {Anew}"),
        new("opt_start_seq", _ => true, $"The server cannot change where a consumer starts. {Anew}"),
        new("opt_start_time", _ => true, $"The server cannot change where a consumer starts. {Anew}"),
        new("ack_policy", _ => true, $"The server cannot change how a consumer acknowledges. {Anew}"),
        new("replay_policy", _ => true, $"The server cannot change how fast a consumer replays. {Anew}"),
        new("max_waiting", _ => true, $"The server cannot change how many pulls may wait. {Anew}"),
        new("idle_heartbeat", _ => true, $"The server cannot change the heartbeats of a consumer. {Anew}"),
        new("flow_control", _ => true, $"The server cannot change the flow control of a consumer. {Anew}"),
        new("deliver_subject", change => change.FromText is null or "" || change.ToText is null or "", $"The server cannot make a push consumer of a pull consumer, nor the other way round. {Anew}"),
        new("mem_storage", change => !change.Before(11), $"The server cannot change where a consumer is kept. {Anew}"),
        new("num_replicas", change => !change.Server.IsClustered && WholeNumber.Of(change.To) > 1, "This server is no cluster, so it keeps one replica."),
        new("pause_until", _ => true, "The server ignores this in an update. Use PauseConsumerAsync."),
    ];

    public static readonly IReadOnlyList<ConfigRule> Together =
    [
        new(check => Backoffs(check) > 0 && check.Before(10) && check.Number("max_deliver") <= Backoffs(check), "Servers before 2.10 want MaxDeliver to be more than the number of back-offs."),
        new(check => Backoffs(check) > 0 && check.Number("max_deliver") > 0 && check.Number("max_deliver") < Backoffs(check), "There are more back-offs than deliveries."),
        new(check => IsPull(check) && check.Number("rate_limit_bps") > 0, "Only a push consumer can have a rate limit."),
        new(check => IsPull(check) && check.Number("idle_heartbeat") > 0, "Only a push consumer can have heartbeats; of a pull they are stated with the pull."),
        new(check => IsPull(check) && check.Flag("flow_control"), "Only a push consumer can have flow control."),
        new(check => check.Flag("flow_control") && check.Number("idle_heartbeat") == 0, "Flow control needs heartbeats."),
        new(check => !check.Exists && check.Number("num_replicas") > 1 && !check.Server.IsClustered, "This server is no cluster, so it keeps one replica."),
    ];

    private static int Backoffs(ConfigCheck check) => (check.Config["backoff"] as System.Text.Json.Nodes.JsonArray)?.Count ?? 0;

    private static bool IsPull(ConfigCheck check) => string.IsNullOrEmpty((string?)check.Config["deliver_subject"]);
}
