using System.Buffers;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>What a configuration of a stream may be, and what its defaults are (nats-server, checkStreamCfg and configUpdateCheck).</summary>
internal static class StreamRules
{
    private const int LongestName = 255;
    private const int LongestDescription = 4 * 1024;
    private const int MostMetadata = 128 * 1024;
    private const int MostReplicas = 5;
    private const long Milliseconds = 1_000_000;
    private const long Seconds = 1000 * Milliseconds;
    private const long DefaultDuplicateWindow = 120 * Seconds;

    private static readonly SearchValues<char> Outlawed = SearchValues.Create(" \t\r\n\f.*>");
    private static readonly Pattern[] SystemSubjects = [.. new[] { "$JS.>", "$JSC.>", "$NRG.>" }.Select(subject => Pattern.TryParse(subject)!)];
    private static readonly Pattern Events = Pattern.TryParse("$JS.EVENT.>")!;
    private static readonly Pattern Api = Pattern.TryParse("$JS.API.>")!;

    /// <summary>Checks what is stated and fills in what is not.</summary>
    /// <exception cref="ApiError">It cannot be.</exception>
    public static StreamConfig Complete(StreamConfig stated, InMemoryServerVersion version)
    {
        string shown = version.IsStrict ? "'.', '*', '>', '\\', '/'" : "'.', '*', '>'";
        Require(IsValidName(stated.Name, version), $"stream name is required and can not contain {shown}");
        Require(stated.Name.Length <= LongestName, $"stream name is too long, maximum allowed is {LongestName}");
        Require((stated.Description?.Length ?? 0) <= LongestDescription, $"stream description is too long, maximum allowed is {LongestDescription}");
        Require(
            (stated.Metadata?.Sum(entry => entry.Key.Length + entry.Value.Length) ?? 0) <= MostMetadata, $"stream metadata exceeds maximum size of {MostMetadata} bytes");
        StreamConfig config = Defaults(stated);
        Require(config.NumReplicas <= MostReplicas, $"maximum replicas is {MostReplicas}");
        if (config.NumReplicas < 0)
            throw Errors.ReplicasNegative();
        CheckTimes(config);
        Require(!config.DenyPurge || !config.AllowRollupHdrs, "roll-ups require the purge permission");
        CheckDiscardPerSubject(config);
        config = CheckTimesToLive(config);
        CheckSupported(config);
        CheckSubjects(config, version);
        return CheckRepublish(config);
    }

    /// <summary>What an update makes of a configuration.</summary>
    /// <exception cref="ApiError">The server cannot change that.</exception>
    public static StreamConfig Update(StreamConfig old, StreamConfig stated, InMemoryServerVersion version)
    {
        StreamConfig config = Complete(stated, version);
        if (config.NumReplicas > 1)
            throw Errors.ReplicasNotSupported();
        Require(version.AllowsMoreStreamUpdates || config.MaxConsumers == old.MaxConsumers, "stream configuration update can not change MaxConsumers");
        Require(config.Storage == old.Storage, "stream configuration update can not change storage type");
        if (config.Retention != old.Retention)
        {
            Require(version.AllowsMoreStreamUpdates, "stream configuration update can not change retention policy");
            Require(
                old.Retention != Retention.WorkQueue && config.Retention != Retention.WorkQueue,
                "stream configuration update can not change retention policy to/from workqueue");
        }

        Require(config.Sealed || !old.Sealed, "stream configuration update can not unseal a sealed stream");
        Require(config.DenyDelete || !old.DenyDelete, "stream configuration update can not cancel deny message deletes");
        Require(config.DenyPurge || !old.DenyPurge, "stream configuration update can not cancel deny purge");
        Require(version.AllowsMoreStreamUpdates || config.Republish == old.Republish, "stream configuration update can not change RePublish");
        Require(config.AllowMsgTtl || !old.AllowMsgTtl, "message TTL status can not be disabled");
        return config.Sealed
            ? config with { MaxAge = 0, Discard = Discard.New, DenyDelete = true, DenyPurge = true, AllowRollupHdrs = false }
            : config;
    }

    public static bool IsValidName(string? name, InMemoryServerVersion version) =>
        !string.IsNullOrEmpty(name) && !name.AsSpan().ContainsAny(Outlawed) && (!version.IsStrict || !name.AsSpan().ContainsAny('\\', '/'));

    private static StreamConfig Defaults(StreamConfig stated) => stated with
    {
        Storage = stated.Storage ?? Storage.File,
        NumReplicas = stated.NumReplicas == 0 ? 1 : stated.NumReplicas,
        MaxMsgs = Unlimited(stated.MaxMsgs),
        MaxMsgsPerSubject = Unlimited(stated.MaxMsgsPerSubject),
        MaxBytes = Unlimited(stated.MaxBytes),
        MaxMsgSize = (int)Unlimited(stated.MaxMsgSize),
        MaxConsumers = Unlimited(stated.MaxConsumers),
        DuplicateWindow = stated.DuplicateWindow != 0 ? stated.DuplicateWindow
            : stated.MaxAge != 0 && stated.MaxAge < DefaultDuplicateWindow ? stated.MaxAge : DefaultDuplicateWindow,
        Subjects = stated.Subjects is { Count: > 0 } ? stated.Subjects : [stated.Name],
        Placement = stated.Placement is { Count: > 0 } ? stated.Placement : null,
        PersistMode = stated.PersistMode is "default" or "" ? null : stated.PersistMode,
    };

    private static long Unlimited(long limit) => limit is 0 or < -1 ? -1 : limit;

    private static void CheckTimes(StreamConfig config)
    {
        Require(config.MaxAge >= 0, "max age can not be negative");
        Require(config.MaxAge is 0 or >= 100 * Milliseconds, "max age needs to be >= 100ms");
        Require(config.DuplicateWindow >= 0, "duplicates window can not be negative");
        Require(config.MaxAge == 0 || config.DuplicateWindow <= config.MaxAge, "duplicates window can not be larger then max age");
        Require(config.DuplicateWindow is 0 or >= 100 * Milliseconds, "duplicates window needs to be >= 100ms");
    }

    private static void CheckDiscardPerSubject(StreamConfig config)
    {
        if (!config.DiscardNewPerSubject)
            return;
        Require(config.Discard == Discard.New, "discard new per subject requires discard new policy to be set");
        Require(config.MaxMsgsPerSubject > 0, "discard new per subject requires max msgs per subject > 0");
    }

    private static StreamConfig CheckTimesToLive(StreamConfig config)
    {
        Require(config.SubjectDeleteMarkerTtl >= 0, "subject delete marker TTL must not be negative");
        Require(config.SubjectDeleteMarkerTtl is 0 or >= Seconds, "subject delete marker TTL must be at least 1 second");
        return config.SubjectDeleteMarkerTtl == 0 ? config : config with { AllowMsgTtl = true, AllowRollupHdrs = true, DenyPurge = false };
    }

    // Better refused than taken and not done.
    private static void CheckSupported(StreamConfig config)
    {
        RequireSupported(config.Mirror is null && config.Sources is null or { Count: 0 }, "mirrors and sources");
        RequireSupported(config.SubjectTransform is null, "subject transforms");
        RequireSupported(!config.AllowMsgCounter, "counters");
        RequireSupported(!config.AllowAtomic && !config.AllowBatched, "batches");
        RequireSupported(!config.AllowMsgSchedules, "schedules");
        Require(!config.MirrorDirect, "stream has no mirror but does have mirror direct");
    }

    private static void CheckSubjects(StreamConfig config, InMemoryServerVersion version)
    {
        var patterns = new List<Pattern>();
        foreach (string subject in config.Subjects!)
        {
            Require(version.GuardsSystemSubjects || patterns.TrueForAll(other => other.Text != subject), "duplicate subjects detected");
            Pattern? pattern = Pattern.TryParse(subject);
            if (!version.GuardsSystemSubjects)
                Require(pattern is null || !Api.Covers(pattern), "subjects overlap with jetstream api");
            Require(pattern is not null, "invalid subject");
            if (version.GuardsSystemSubjects && !config.NoAck)
            {
                Require(!pattern!.IsEverything, "capturing all subjects requires no-ack to be true");
                Require(
                    !SystemSubjects.Any(pattern.Overlaps) || Events.Covers(pattern), "subjects that overlap with jetstream api require no-ack to be true");
            }

            patterns.Add(pattern!);
        }

        for (int i = 0; i < patterns.Count; i++)
        {
            for (int j = i + 1; j < patterns.Count; j++)
                Require(!patterns[i].Overlaps(patterns[j]), $"subject \"{patterns[i]}\" overlaps with \"{patterns[j]}\"");
        }
    }

    private static StreamConfig CheckRepublish(StreamConfig config)
    {
        if (config.Republish is not { } republish)
            return config;
        republish = republish with { Src = string.IsNullOrEmpty(republish.Src) ? ">" : republish.Src };
        Pattern? source = Pattern.TryParse(republish.Src!);
        Pattern? destination = Pattern.TryParse(republish.Dest);
        Require(source is not null && destination is not null, $"stream configuration for republish with transform from '{republish.Src}' to '{republish.Dest}' not valid");
        Require(
            !config.Subjects!.Any(subject => Pattern.TryParse(subject)!.Overlaps(destination!)), "stream configuration for republish destination forms a cycle");
        RequireSupported(RepublishTarget.IsSupported(republish), "this transform of a republish");
        return config with { Republish = republish };
    }

    private static void RequireSupported(bool condition, string what) => Require(condition, $"the in-memory server does not do {what}; use a real nats-server");

    private static void Require(bool condition, string error)
    {
        if (!condition)
            throw Errors.StreamInvalidConfig(error);
    }
}
