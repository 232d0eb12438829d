using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.DeadLetters;
using Nats.Consumer.Hosting;
using Nats.Consumer.Planning;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Diagnosis;

/// <summary>Looks at a live system for what will do harm.</summary>
internal sealed class Doctor(IJetStream jetStream, INatsConnection connection, WorkerSetup setup, string application)
{
    private const double NearlyFull = 0.9;

    private static readonly Version WithSeveralFilters = new(2, 10);

    /// <param name="plans">The application's consumers.</param>
    /// <param name="everything">Whether to look at streams that the application does not read, too.</param>
    /// <param name="progress">Told what is looked at.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<ConsumerPlan> plans, bool everything, Action<string> progress, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        progress("the server");
        findings.AddRange(Server(connection.ServerInfo!));
        findings.AddRange(Account(await jetStream.GetAccountInfoAsync(cancellationToken).ConfigureAwait(false)));
        progress("what setup would change");
        findings.AddRange(Drift(await setup.PlanAsync(plans, cancellationToken).ConfigureAwait(false)));

        List<StreamInfo> all = await jetStream.ListStreamsAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        findings.AddRange(Overlaps(all));
        HashSet<string> own = [.. plans.SelectMany(plan => new[] { plan.Stream, DeadLetterNames.StreamOf(plan.Stream) })];
        foreach (StreamInfo stream in all.Where(stream => everything || own.Contains(stream.Name)))
        {
            progress($"stream '{stream.Name}'");
            List<ConsumerInfo> consumers = await jetStream.ListConsumersAsync(stream.Name, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
            findings.AddRange(Of(new StreamCase(stream, consumers, connection.ServerInfo!.Version), plans));
        }

        return [.. findings.OrderByDescending(finding => finding.Gravity)];
    }

    private IEnumerable<Finding> Of(StreamCase stream, IReadOnlyList<ConsumerPlan> plans) =>
    [
        .. StreamChecks.All.Select(check => check(stream)).OfType<Finding>(),
        .. stream.Consumers.SelectMany(consumer => ConsumerChecks.All.Select(check => check(new ConsumerCase(stream, consumer))).OfType<Finding>()),
        .. Orphans(stream, plans),
        .. DeadLetters(stream),
    ];

    // A class that was renamed or removed leaves its durable behind.
    private IEnumerable<Finding> Orphans(StreamCase stream, IReadOnlyList<ConsumerPlan> plans)
    {
        string prefix = DurableNames.Derive(application, "");
        foreach (ConsumerInfo consumer in stream.Consumers.Where(consumer => consumer.Name.StartsWith(prefix, StringComparison.Ordinal) && consumer.Config.DurableName is not null))
        {
            if (!plans.Any(plan => plan.Stream == stream.Stream.Name && plan.Durable == consumer.Name))
            {
                yield return new Finding(
                    Gravity.Warning, "orphan", $"consumer '{consumer.Name}' of {stream.Where}", $"It has the name of a consumer of this application, which has none such (any more); {Amount.Of(consumer.Pending, "message")} to come."
                    + (stream.Stream.Config.Retention == StreamRetention.Limits ? "" : " The stream keeps what it does not acknowledge."),
                    "If a class was renamed, state its old DurableName; else delete the consumer, by StreamOperation.DeleteConsumer in Setup().");
            }
        }
    }

    private static IEnumerable<Finding> DeadLetters(StreamCase it)
    {
        if (it.KeepsDeadLetters && it.Stream.State.Messages > 0)
            yield return new Finding(Gravity.Note, "dead-letters", it.Where, $"It holds {Amount.Of(it.Stream.State.Messages, "dead letter")}.", "See dlq list; publish them again by dlq replay, or delete them by dlq purge.");
    }

    private static IEnumerable<Finding> Server(NatsServerInfo server)
    {
        if (server.Version < WithSeveralFilters)
            yield return new Finding(Gravity.Note, "old-server", $"nats-server {server.VersionText}", "It ignores several filters of a consumer, labels and more without a word; what is affected is emulated or refused.", "Use 2.10 or later.");
        if (server.LameDuckMode)
            yield return new Finding(Gravity.Warning, "going-away", $"server '{server.ServerName}'", "It is about to go (lame-duck mode).", "Connections move to another server by themselves, if the cluster has one.");
    }

    private static IEnumerable<Finding> Account(AccountInfo account)
    {
        if (account.Limits.MaxStorage > 0 && account.Storage >= account.Limits.MaxStorage * NearlyFull)
            yield return new Finding(Gravity.Warning, "account-nearly-full", "the account", $"It uses {account.Storage} of {account.Limits.MaxStorage} bytes on disk; when they are used up, publishing is refused.", "Raise the account's limit, or limit its streams.");
        if (account.Limits.MaxMemory > 0 && account.Memory >= account.Limits.MaxMemory * NearlyFull)
            yield return new Finding(Gravity.Warning, "account-nearly-full", "the account", $"It uses {account.Memory} of {account.Limits.MaxMemory} bytes in memory; when they are used up, publishing is refused.", "Raise the account's limit, or limit its streams.");
    }

    private static IEnumerable<Finding> Drift(IReadOnlyList<PlanStep> steps) => steps.Where(step => step.IsDrift).Select(step => new Finding(
        step.Action == PlanAction.Impossible ? Gravity.Problem : Gravity.Warning,
        "drift",
        step.What,
        step.Problem ?? $"It is not as the code says: {(step.Fields.Count > 0 && step.Action == PlanAction.Update ? string.Join("; ", step.Fields) : $"to {step.Action.ToString().ToLowerInvariant()}")}.",
        step.Action == PlanAction.Impossible ? "See plan." : "See plan, and apply it by setup."));

    private static IEnumerable<Finding> Overlaps(List<StreamInfo> streams)
    {
        for (int i = 0; i < streams.Count; i++)
        {
            for (int j = i + 1; j < streams.Count; j++)
            {
                SubjectPattern[] theirs = ConsumerChecks.Patterns(streams[j].Config.Subjects);
                if (ConsumerChecks.Patterns(streams[i].Config.Subjects).FirstOrDefault(mine => theirs.Any(mine.Overlaps)) is { } shared)
                {
                    yield return new Finding(
                        Gravity.Problem, "streams-overlap", $"streams '{streams[i].Name}' and '{streams[j].Name}'", $"Both capture something of '{shared}': they were created at the same moment, when the server does not notice. Every such message is stored twice.",
                        "Narrow one of them, or delete it.");
                }
            }
        }
    }
}
