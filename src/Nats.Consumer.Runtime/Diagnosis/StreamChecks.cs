using Nats.Consumer.Configuration;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Diagnosis;

/// <summary>What can be wrong with a stream. Each trap was seen on real servers.</summary>
internal static class StreamChecks
{
    private const double NearlyFull = 0.9;

    public static readonly IReadOnlyList<Func<StreamCase, Finding?>> All =
    [
        NobodyInterested, NobodyWillGetThem, SharedWork, Unconfirmed, NearItsLimit, LosesDeadLetters, ExpiresEarly, BrokenCopy, NoLeader,
    ];

    private static Finding? NobodyInterested(StreamCase it) => it.Stream.Config.Retention == StreamRetention.Interest && it.Consumers.Count == 0
        ? new(Gravity.Problem, "interest-without-consumer", it.Where, "It keeps what consumers want, and has none: what is published is confirmed, and gone.", "Create its consumers before publishing (setup), or use StreamRetention.Limits.")
        : null;

    // After the last delivery the server neither delivers a message again nor lets it go.
    private static Finding? NobodyWillGetThem(StreamCase it)
    {
        if (it.Stream.Config.Retention != StreamRetention.WorkQueue || it.Stream.State.Messages == 0 || it.Consumers.Any(consumer => consumer.Pending > 0 || consumer.AckPending > 0))
            return null;
        SubjectPattern[] captured = ConsumerChecks.Patterns(it.Stream.Config.Subjects);
        SubjectPattern[] taken = [.. it.Consumers.SelectMany(consumer => consumer.Config.FilterSubjects is { Count: > 0 } filters ? ConsumerChecks.Patterns(filters) : captured)];
        SubjectPattern[] left = [.. captured.Where(subject => !PatternSet.CoveredByUnion(subject, taken))];
        return left.Length > 0
            ? new(Gravity.Problem, "work-without-consumer", it.Where, $"It holds {Amount.Of(it.Stream.State.Messages, "message")} that no consumer will get: of {string.Join(", ", left.AsEnumerable())} not everything is taken.", "Add a consumer for them, or narrow the stream's subjects.")
            : new(
                Gravity.Problem, "exhausted-messages", it.Where, $"It holds {Amount.Of(it.Stream.State.Messages, "message")} that no consumer will get any more: their deliveries are exhausted. They stay, and raising MaxDeliver does not bring them back.",
                "Read them (IJetStream.GetMessageAsync), publish them again, and delete them; a worker of this application makes dead letters of such messages while it runs.");
    }

    // 2.9 does not notice filters that overlap in part.
    private static Finding? SharedWork(StreamCase it)
    {
        if (it.Stream.Config.Retention != StreamRetention.WorkQueue)
            return null;
        for (int i = 0; i < it.Consumers.Count; i++)
        {
            for (int j = i + 1; j < it.Consumers.Count; j++)
            {
                if (Filters(it, i).Any(filter => Filters(it, j).Any(filter.Overlaps)))
                {
                    return new(
                        Gravity.Problem, "work-done-twice", it.Where, $"The filters of '{it.Consumers[i].Name}' and '{it.Consumers[j].Name}' overlap: both get a message that matches both, which nats-server before 2.10 does not refuse.",
                        "Make the filters of a work queue's consumers distinct.");
                }
            }
        }

        return null;
    }

    private static Finding? Unconfirmed(StreamCase it) => it.Stream.Config.NoAck == true
        ? new(Gravity.Warning, "publishes-unconfirmed", it.Where, "Publishers are not told whether their messages were stored (NoAck); PublishAsync would wait in vain.", "Set NoAck to false.")
        : null;

    private static Finding? NearItsLimit(StreamCase it)
    {
        if (it.Stream.Config.Discard != StreamDiscard.New)
            return null;
        (StreamConfig config, StreamState state) = (it.Stream.Config, it.Stream.State);
        bool isFull = (config.MaxMessages is > 0 and var messages && state.Messages >= messages * NearlyFull) || (config.MaxBytes is > 0 and var bytes && state.Bytes >= bytes * NearlyFull);
        return isFull
            ? new(Gravity.Warning, "nearly-full", it.Where, $"It holds {state.Messages} messages ({state.Bytes} bytes), more than nine tenths of what it may; when it is full, publishing is refused.", "Raise MaxMessages or MaxBytes, or see why its consumers are behind.")
            : null;
    }

    private static Finding? LosesDeadLetters(StreamCase it) => it.KeepsDeadLetters && (it.Stream.Config.Retention != StreamRetention.Limits || (it.Stream.Config.Discard != StreamDiscard.New && HasLimit(it.Stream.Config)))
        ? new(
            Gravity.Warning, "dead-letters-get-lost", it.Where, "It keeps dead letters, and lets the oldest go when it is full, or when somebody acknowledges them.",
            "Use StreamRetention.Limits with StreamDiscard.New: then a dead letter that does not fit makes its message come back instead.")
        : null;

    private static Finding? ExpiresEarly(StreamCase it)
    {
        if (it.Stream.Config.MaxAge is not { Ticks: > 0 } age)
            return null;
        return it.Consumers.FirstOrDefault(consumer => consumer.Config.AckWait >= age) is { } slow
            ? new(Gravity.Warning, "expires-before-retry", it.Where, $"Messages are kept for {TimeText.Of(age)}, and '{slow.Name}' has {TimeText.Of(slow.Config.AckWait!.Value)} to settle one: what fails is gone before it comes again.", "Raise MaxAge, or shorten AckWait.")
            : null;
    }

    private static Finding? BrokenCopy(StreamCase it)
    {
        StreamSourceInfo? broken = (it.Stream.Mirror is { } mirror ? it.Stream.Sources.Prepend(mirror) : it.Stream.Sources).FirstOrDefault(source => source.Error is not null);
        return broken is not null
            ? new(Gravity.Problem, "copy-broken", it.Where, $"Nothing is copied from '{broken.Name}': {broken.Error!.Description}.", "See whether the origin exists and may be read.")
            : null;
    }

    private static Finding? NoLeader(StreamCase it) => it.Stream.Cluster is { Leader: null or "", Replicas.Count: > 0 }
        ? new(Gravity.Problem, "no-leader", it.Where, "No server of the cluster leads it, so nothing can be stored.", "See which servers are down: streams info shows them.")
        : null;

    private static bool HasLimit(StreamConfig config) => config.MaxMessages > 0 || config.MaxBytes > 0 || config.MaxMessagesPerSubject > 0;

    private static SubjectPattern[] Filters(StreamCase it, int consumer) =>
        ConsumerChecks.Patterns(it.Consumers[consumer].Config.FilterSubjects is { Count: > 0 } filters ? filters : it.Stream.Config.Subjects);
}
