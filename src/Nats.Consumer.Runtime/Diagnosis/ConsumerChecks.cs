using Nats.Consumer.Configuration;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Diagnosis;

/// <summary>What can be wrong with a consumer. Each trap was seen on real servers.</summary>
internal static class ConsumerChecks
{
    public static readonly IReadOnlyList<Func<ConsumerCase, Finding?>> All =
    [
        Backoff, Unlimited, Saturated, AckAll, AcksNothing, NeverMatches, Forgotten, InMemory, NobodyListens, SharedPush, Paused, NoLeader,
    ];

    private static Finding? Backoff(ConsumerCase it) => it.Config.Backoff is { Count: > 0 } backoff
        ? new(
            Gravity.Warning, "backoff-replaces-ack-wait", it.Where,
            $"The server's back-off takes the place of the ack wait: a handler that takes longer than {TimeText.Of(backoff[0])} runs twice. Negative acks ignore it, and those with a delay are delayed wrongly.",
            "Take the back-off away (Backoff = []) and state BackoffDelays or Retry in the consumer class: those are kept exactly.")
        : null;

    private static Finding? Unlimited(ConsumerCase it) => Settles(it) && (it.Config.MaxDeliver ?? -1) <= 0
        ? new(Gravity.Warning, "unlimited-deliveries", it.Where, "MaxDeliver has no limit: a message that always fails comes back for ever.", "State MaxDeliver.")
        : null;

    private static Finding? Saturated(ConsumerCase it) => it.Config.MaxAckPending is > 0 and var most && it.Consumer.AckPending >= most
        ? new(
            Gravity.Problem, "saturated", it.Where,
            $"Nothing is delivered, because {Amount.Of(it.Consumer.AckPending, "message")} may be unsettled at a time (MaxAckPending), and so many are; {it.Consumer.Pending} to come wait behind them. Messages that wait for a retry count, and so do those of workers that died, until their ack wait is over.",
            "Shorten the retry delays, raise MaxAckPending, or look why handlers do not end.")
        : null;

    private static Finding? AckAll(ConsumerCase it) => it.Config.AckPolicy == AckPolicy.All
        ? new(Gravity.Warning, "ack-all", it.Where, "Acknowledging a message acknowledges all before it: with more than one handler at a time, messages that fail are lost.", "Use AckPolicy.Explicit. The server cannot change it: make a new consumer.")
        : null;

    private static Finding? AcksNothing(ConsumerCase it) => it.Config.AckPolicy == AckPolicy.None && it.Config.DurableName is not null
        ? new(Gravity.Warning, "ack-none", it.Where, "What is delivered counts as handled: a worker that dies loses what it has.", "Use AckPolicy.Explicit. The server cannot change it: make a new consumer.")
        : null;

    private static Finding? NeverMatches(ConsumerCase it)
    {
        SubjectPattern[] captured = Patterns(it.Stream.Stream.Config.Subjects);
        SubjectPattern[] deaf = [.. Patterns(it.Config.FilterSubjects).Where(filter => captured.Length > 0 && !captured.Any(filter.Overlaps))];
        return deaf.Length > 0
            ? new(
                Gravity.Problem, "filter-never-matches", it.Where, $"It filters by {string.Join(", ", deaf.AsEnumerable())}, of which the stream captures nothing ({string.Join(", ", captured.AsEnumerable())}): nothing ever comes.",
                "Add the subject to the stream, or correct the filter.")
            : null;
    }

    private static Finding? Forgotten(ConsumerCase it) => it.Config is { DurableName: not null, InactiveThreshold: { Ticks: > 0 } threshold }
        ? new(
            Gravity.Warning, "durable-expires", it.Where, $"The server deletes this durable, and its position, when no worker runs for {TimeText.Of(threshold)}.",
            "Take InactiveThreshold away, unless messages may be missed or come again.")
        : null;

    private static Finding? InMemory(ConsumerCase it) => it.Config is { DurableName: not null, MemoryStorage: true } && it.Stream.Stream.Config.Storage == StreamStorage.File
        ? new(Gravity.Warning, "durable-in-memory", it.Where, "Its position is in memory only: when the server starts anew, messages come again.", "Make a new consumer without MemoryStorage.")
        : null;

    private static Finding? NobodyListens(ConsumerCase it)
    {
        bool isDeaf = it.IsPush ? !it.Consumer.IsPushBound : it.Consumer is { Waiting: 0, AckPending: 0 };
        return isDeaf && it.Consumer.Pending > 0 && !it.Consumer.IsPaused
            ? new(Gravity.Note, "nobody-consumes", it.Where, $"{Amount.Of(it.Consumer.Pending, "message")} to come, and nobody asks at this moment.", "Start a worker, or delete the consumer if it is not needed any more.")
            : null;
    }

    private static Finding? SharedPush(ConsumerCase it) => it.IsPush && string.IsNullOrEmpty(it.Config.DeliverGroup)
        ? new(Gravity.Warning, "push-without-group", it.Where, "It has no deliver group: each of several instances gets every message.", "State DeliverGroup, or use a pull consumer.")
        : null;

    private static Finding? Paused(ConsumerCase it) => it.Consumer.IsPaused
        ? new(Gravity.Warning, "paused", it.Where, $"It is paused for another {TimeText.Of(TimeSpan.FromSeconds(Math.Ceiling(it.Consumer.PauseRemaining.TotalSeconds)))}: nothing is delivered.", "Resume it (ResumeConsumerAsync), unless that is meant.")
        : null;

    private static Finding? NoLeader(ConsumerCase it) => it.Consumer.Cluster is { Leader: null or "", Replicas.Count: > 0 }
        ? new(Gravity.Problem, "no-leader", it.Where, "No server of the cluster leads it, so nothing is delivered.", "See which servers are down: streams info shows them.")
        : null;

    private static bool Settles(ConsumerCase it) => it.Config.AckPolicy is not (AckPolicy.None or null);

    internal static SubjectPattern[] Patterns(IReadOnlyList<string>? texts)
    {
        var patterns = new List<SubjectPattern>();
        foreach (string text in texts ?? [])
        {
            if (SubjectPattern.TryParse(text, out SubjectPattern? pattern, out _))
                patterns.Add(pattern);
        }

        return [.. patterns];
    }
}
