using System.Globalization;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>What a configuration of a consumer may be, and what its defaults are (nats-server, checkConsumerCfg).</summary>
internal static class ConsumerRules
{
    private const int DefaultMaxWaiting = 512;
    private const int DefaultMaxAckPending = 1000;
    private const int LongestDescription = 4 * 1024;
    private const int MostMetadata = 128 * 1024;
    private const long Milliseconds = 1_000_000;
    private const long DefaultAckWait = 30_000 * Milliseconds;

    /// <summary>Checks what is stated and fills in what is not.</summary>
    /// <exception cref="ApiError">It cannot be.</exception>
    public static ConsumerConfig Complete(ConsumerConfig stated, StreamConfig stream, InMemoryServerVersion version)
    {
        ConsumerConfig config = Defaults(stated, stream, version);
        CheckNames(config, version);
        CheckReplicas(config, stream, version);
        CheckWaits(config, version);
        if ((config.Description?.Length ?? 0) > LongestDescription)
            throw Errors.ConsumerDescriptionTooLong(LongestDescription);
        if (config.IsPush)
            CheckPush(config, stream);
        else
            CheckPull(config, stream, version);
        CheckLimits(config, stream.ConsumerLimits);
        CheckFilters(config, stream, version);
        CheckStart(config);
        if (config.SampleFreq is { Length: > 0 } sample && (!int.TryParse(sample.TrimEnd('%'), CultureInfo.InvariantCulture, out int percent) || percent < 0))
            throw Errors.InvalidSampling($"strconv.Atoi: parsing \"{sample.TrimEnd('%')}\": invalid syntax");
        if (config is { FlowControl: true, IdleHeartbeat: 0 })
            throw Errors.FlowControlNeedsHeartbeats();
        if (config.IsDurable && !string.IsNullOrEmpty(config.Name) && config.Name != config.DurableName)
            throw Errors.DurableAndNameMismatch();
        if ((config.Metadata?.Sum(entry => entry.Key.Length + entry.Value.Length) ?? 0) > MostMetadata)
            throw Errors.ConsumerMetadataTooLong();
        if (config.PriorityPolicy != PriorityPolicy.None || config.PriorityGroups is { Count: > 0 } || config.Direct || config.Sourcing)
            throw Errors.StreamInvalidConfig("the in-memory server does not do priority groups and direct consumers; use a real nats-server");
        return config;
    }

    /// <summary>Whether the stream has a place for one more consumer like this.</summary>
    /// <exception cref="ApiError">It has not.</exception>
    public static void CheckPlace(ConsumerConfig config, string name, ServerStream stream)
    {
        if (stream.Config.MaxConsumers > 0 && stream.Consumers.Count >= stream.Config.MaxConsumers)
            throw Errors.MaximumConsumers();
        if (stream.Config.Retention != Retention.WorkQueue)
            return;
        if (config.AckPolicy != AckPolicy.Explicit)
            throw Errors.WorkQueueRequiresExplicitAck();
        bool isNewer = stream.Server.Version.HasActions;
        if (isNewer && config.DeliverPolicy != DeliverPolicy.All)
            throw Errors.WorkQueueNotDeliverAll();
        if (stream.Consumers.Count > 0 && config.Filters.Count == 0)
            throw Errors.WorkQueueMultipleUnfiltered();
        if (stream.Consumers.Count > 0 && !IsUnique(stream, name, config))
            throw Errors.WorkQueueNotUnique();
        if (config.DeliverPolicy != DeliverPolicy.All)
            throw Errors.WorkQueueNotDeliverAll();
    }

    /// <summary>Whether no other consumer of a work queue takes any of the same messages.</summary>
    public static bool IsUnique(ServerStream stream, string name, ConsumerConfig config)
    {
        Pattern[] filters = [.. config.Filters.Select(filter => Pattern.TryParse(filter)!)];
        bool coversOnly = stream.Server.Version.OverlooksPartialOverlap;
        return filters.All(filter => stream.Consumers.Values.Where(other => other.Name != name).All(
            other => !other.Filter.IsEverything
                && !other.Filter.Patterns.Any(theirs => coversOnly ? filter.Covers(theirs) || theirs.Covers(filter) : filter.Overlaps(theirs))));
    }

    /// <exception cref="ApiError">The server cannot change that.</exception>
    public static void CheckUpdate(ServerConsumer consumer, ConsumerConfig config)
    {
        ConsumerConfig old = consumer.Config;
        Require(config.DeliverPolicy == old.DeliverPolicy, "deliver policy can not be updated");
        Require(config.MemStorage == old.MemStorage || !consumer.Server.Version.RefusesConsumerStorageChange, "storage type can not be updated");
        Require(config.OptStartSeq == old.OptStartSeq, "start sequence can not be updated");
        Require(config.OptStartTime == old.OptStartTime, "start time can not be updated");
        Require(config.AckPolicy == old.AckPolicy, "ack policy can not be updated");
        Require(config.ReplayPolicy == old.ReplayPolicy, "replay policy can not be updated");
        Require(config.IdleHeartbeat == old.IdleHeartbeat, "heart beats can not be updated");
        Require(config.FlowControl == old.FlowControl, "flow control can not be updated");
        bool waitingFirst = !consumer.Server.Version.HasActions;
        Require(!waitingFirst || config.MaxWaiting == old.MaxWaiting, "max waiting can not be updated");
        if ((config.DeliverSubject ?? "") != (old.DeliverSubject ?? ""))
        {
            Require(old.IsPush, "can not update pull consumer to push based");
            Require(config.IsPush, "can not update push consumer to pull based");
            if (consumer.Server.Broker.HasInterest(old.DeliverSubject!))
                throw Errors.ConsumerNameExists();
        }

        Require(config.MaxWaiting == old.MaxWaiting, "max waiting can not be updated");
    }

    private static ConsumerConfig Defaults(ConsumerConfig stated, StreamConfig stream, InMemoryServerVersion version)
    {
        bool needsAck = stated.AckPolicy != AckPolicy.None;
        int maxAckPending = stated.MaxAckPending != 0 ? Math.Max(stated.MaxAckPending, -1) : stream.ConsumerLimits.MaxAckPending;
        return stated with
        {
            MaxDeliver = stated.MaxDeliver == 0 || (stated.MaxDeliver < -1 && version.IsStrict) ? -1 : stated.MaxDeliver,
            MaxWaiting = stated is { IsPush: false, MaxWaiting: <= 0 } && (stated.MaxWaiting == 0 || version.IsStrict) ? DefaultMaxWaiting : stated.MaxWaiting,
            AckWait = stated.Backoff is { Count: > 0 } ? stated.Backoff[0] : stated.AckWait == 0 && needsAck ? DefaultAckWait : stated.AckWait,
            MaxAckPending = maxAckPending == 0 && needsAck ? DefaultMaxAckPending : maxAckPending,
            InactiveThreshold = stated.InactiveThreshold == 0 ? stream.ConsumerLimits.InactiveThreshold : stated.InactiveThreshold,
        };
    }

    private static void CheckNames(ConsumerConfig config, InMemoryServerVersion version)
    {
        if (!version.IsStrict)
            return;
        const string Outlawed = "can not contain '.', '*', '>', '\\', '/'";
        if (!string.IsNullOrEmpty(config.Name) && !StreamRules.IsValidName(config.Name, version))
            throw Errors.StreamInvalidConfig($"consumer name {Outlawed}");
        if (config.IsDurable && !StreamRules.IsValidName(config.DurableName, version))
            throw Errors.StreamInvalidConfig($"consumer durable name {Outlawed}");
    }

    private static void CheckReplicas(ConsumerConfig config, StreamConfig stream, InMemoryServerVersion version)
    {
        if (config.NumReplicas > stream.NumReplicas)
            throw Errors.ConsumerReplicasExceedsStream();
        if (config.NumReplicas < 0)
            throw Errors.ReplicasNegative();
        if (version.IsStrict && stream.Retention != Retention.Limits && config.NumReplicas != 0 && config.NumReplicas != stream.NumReplicas)
            throw Errors.ReplicasShouldMatchStream();
    }

    private static void CheckWaits(ConsumerConfig config, InMemoryServerVersion version)
    {
        int backoffs = config.Backoff?.Count ?? 0;
        if (version.IsStrict && backoffs > 0 && config.Backoff!.Exists(wait => wait < 0))
            throw Errors.BackoffNegative();
        if (version.IsStrict && config.AckWait < 0)
            throw Errors.AckWaitNegative();
        bool isTooMany = version.AllowsBackoffUpToMaxDeliver ? config.MaxDeliver != -1 && backoffs > config.MaxDeliver : config.MaxDeliver <= backoffs;
        if (backoffs > 0 && isTooMany)
            throw Errors.MaxDeliverBackoff();
    }

    private static void CheckPush(ConsumerConfig config, StreamConfig stream)
    {
        if (Pattern.TryParse(config.DeliverSubject!) is not { } deliver)
            throw Errors.InvalidDeliverSubject();
        if (!deliver.IsLiteral)
            throw Errors.DeliverToWildcards();
        if (stream.Subjects!.Any(subject => Pattern.TryParse(subject)!.Covers(deliver)))
            throw Errors.DeliverCycle();
        if (config.MaxWaiting != 0)
            throw Errors.PushMaxWaiting();
        if (config is { MaxAckPending: > 0, AckPolicy: AckPolicy.None })
            throw Errors.ConsumerAckPolicyNoneWithMaxAckPending();
        if (config.IdleHeartbeat is > 0 and < 100 * Milliseconds)
            throw Errors.SmallHeartbeat();
    }

    private static void CheckPull(ConsumerConfig config, StreamConfig stream, InMemoryServerVersion version)
    {
        if (config.AckPolicy == AckPolicy.None && stream.Retention == Retention.WorkQueue)
            throw Errors.PullRequiresAck(version.AsksForExplicitAcks);
        if (config.RateLimitBps > 0)
            throw Errors.PullWithRateLimit();
        if (config.MaxWaiting < 0)
            throw Errors.MaxWaitingNegative();
        if (config.IdleHeartbeat > 0)
            throw Errors.HeartbeatRequiresPush();
        if (config.FlowControl)
            throw Errors.FlowControlRequiresPush();
        if (config.MaxBatch < 0)
            throw Errors.MaxRequestBatchNegative();
        if (config.MaxExpires is not 0 and < Milliseconds)
            throw Errors.MaxRequestExpiresTooSmall();
    }

    private static void CheckLimits(ConsumerConfig config, ConsumerLimits limits)
    {
        if (limits.MaxAckPending > 0 && config.MaxAckPending > limits.MaxAckPending)
            throw Errors.ConsumerMaxPendingAckExcess(limits.MaxAckPending);
        if (limits.InactiveThreshold > 0 && config.InactiveThreshold > limits.InactiveThreshold)
            throw Errors.InactiveThresholdExcess(Go.FormatDuration(limits.InactiveThreshold));
    }

    private static void CheckFilters(ConsumerConfig config, StreamConfig stream, InMemoryServerVersion version)
    {
        if (!string.IsNullOrEmpty(config.FilterSubject) && config.FilterSubjects is { Count: > 0 })
            throw Errors.DuplicateFilterSubjects();
        if (config.FilterSubjects?.Contains("") == true)
            throw Errors.EmptyFilter();
        var filters = new List<Pattern>();
        foreach (string subject in config.Filters)
        {
            if (Pattern.TryParse(subject) is not { } filter)
                throw version.RequiresFilterInStream ? Errors.FilterNotSubset() : Errors.StreamInvalidConfig("invalid subject");
            if (version.RequiresFilterInStream && !stream.Subjects!.Any(captured => Pattern.TryParse(captured)!.Covers(filter)))
                throw Errors.FilterNotSubset();
            if (filters.Exists(other => other.Covers(filter) || filter.Covers(other)))
                throw Errors.OverlappingFilters();
            filters.Add(filter);
        }
    }

    private static void CheckStart(ConsumerConfig config)
    {
        bool hasSequence = config.OptStartSeq > 0;
        bool hasTime = config.OptStartTime is not null;
        (string policy, string? needed) = config.DeliverPolicy switch
        {
            DeliverPolicy.All => ("all", null),
            DeliverPolicy.Last => ("last", null),
            DeliverPolicy.LastPerSubject => ("last per subject", config.Filters.Count > 0 ? null : "filter subject"),
            DeliverPolicy.New => ("new", null),
            DeliverPolicy.ByStartSequence => ("by start sequence", hasSequence ? null : "start sequence"),
            _ => ("by start time", hasTime ? null : "start time"),
        };
        string? tooMuch = config.DeliverPolicy switch
        {
            DeliverPolicy.ByStartSequence => hasTime ? "time" : null,
            DeliverPolicy.ByStartTime => hasSequence ? "start sequence" : null,
            _ => hasSequence ? "sequence" : hasTime ? "time" : null,
        };
        bool neededFirst = config.DeliverPolicy is DeliverPolicy.ByStartSequence or DeliverPolicy.ByStartTime;
        if (needed is not null && (neededFirst || tooMuch is null))
            throw Errors.InvalidPolicy($"consumer delivery policy is deliver {policy}, but optional {needed} is not set");
        if (tooMuch is not null)
            throw Errors.InvalidPolicy($"consumer delivery policy is deliver {policy}, but optional start {tooMuch} is also set");
    }

    private static void Require(bool condition, string error)
    {
        if (!condition)
            throw Errors.ConsumerCreate(error);
    }
}
