namespace Nats.Consumer.Planning;

/// <summary>
/// What nat-servers make of a stream's configuration, as data. Each row was tried on nats-server 2.9.10 and 2.15.1 (the plan's matrix test); where the two differ, the version in between is what was known of them, and not tried.
/// </summary>
internal static class StreamTable
{
    private const string Anew = "Make a stream of another name and copy the messages into it (Sources), or delete this one and its messages.";

    /// <summary>From which version on servers know a field. Older ones ignore it without a word.</summary>
    public static readonly IReadOnlyDictionary<string, Version> Since = new Dictionary<string, Version>
    {
        ["metadata"] = new(2, 10),
        ["compression"] = new(2, 10),
        ["first_seq"] = new(2, 10),
        ["consumer_limits"] = new(2, 10),
        ["subject_transform"] = new(2, 10),
        ["allow_msg_ttl"] = new(2, 11),
        ["subject_delete_marker_ttl"] = new(2, 11),
        ["allow_msg_counter"] = new(2, 12),
        ["allow_atomic"] = new(2, 12),
        ["allow_msg_schedules"] = new(2, 12),
        ["persist_mode"] = new(2, 12),
        ["allow_batched"] = new(2, 14),
    };

    public static readonly IReadOnlyList<FieldRule> Changes =
    [
        new("storage", _ => true, $"The server cannot change the storage of a stream. {Anew}"),
        new("retention", change => change.FromText == "workqueue" || change.ToText == "workqueue", $"The server cannot make a work queue of a stream, nor a stream of a work queue. {Anew}"),
        new("retention", change => change.Before(10), "Servers before 2.10 cannot change the retention of a stream. Use a newer server, or make a stream of another name."),
        new("max_consumers", change => change.Before(15), "Servers before 2.15 cannot change the number of consumers of a stream."),
        new("deny_delete", change => change.IsUnset, "That deleting is refused cannot be taken back, ever."),
        new("deny_purge", change => change.IsUnset, "That purging is refused cannot be taken back, ever."),
        new("sealed", change => change.IsUnset, $"A sealed stream stays sealed. {Anew}"),
        new("allow_msg_ttl", change => change.IsUnset, "Times to live cannot be forbidden again."),
        new("allow_msg_schedules", change => change.IsUnset, "Schedules cannot be forbidden again."),
        new("allow_msg_counter", _ => true, $"Only a new stream can be one of counters, and it stays one. {Anew}"),
        new("persist_mode", _ => true, $"The server cannot change when messages reach the disk. {Anew}"),
        new("republish", change => change.Before(10), "Servers before 2.10 cannot change the republishing of a stream. Use a newer server, or make a stream of another name."),
        new("mirror", change => change.From is null || change.To is not null || change.Before(12), $"The server cannot make a mirror of a stream, nor change what it mirrors; since 2.12 a mirror can become a stream. {Anew}"),
        new("num_replicas", change => !change.Server.IsClustered && !change.Before(10) && WholeNumber.Of(change.To) > 1, "This server is no cluster, so it keeps one replica."),
    ];

    public static readonly IReadOnlyList<ConfigRule> Together =
    [
        new(check => check.Number("max_age") is > 0 and < 100_000_000, "MaxAge must be at least 100 ms."),
        new(check => check.Number("max_age") > 0 && check.Number("duplicate_window") > check.Number("max_age"), "DuplicateWindow cannot be longer than MaxAge. State a shorter DuplicateWindow, too."),
        new(check => check.Flag("discard_new_per_subject") && (string?)check.Config["discard"] != "new", "DiscardNewPerSubject needs Discard = New."),
        new(check => check.Flag("discard_new_per_subject") && check.Number("max_msgs_per_subject") <= 0, "DiscardNewPerSubject needs MaxMessagesPerSubject."),
        new(check => check.Flag("deny_purge") && check.Flag("allow_rollup_hdrs"), "AllowRollup needs purging, which DenyPurge refuses."),
        new(check => !check.Exists && check.Number("num_replicas") > 1 && !check.Server.IsClustered, "This server is no cluster, so it keeps one replica."),
        new(check => !check.Exists && check.Flag("sealed"), "A stream cannot be sealed when it is created. Create it, fill it, then seal it."),
    ];
}
