using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Consuming;

/// <summary>Makes the durable on the server what the code says, and reads back what it really is.</summary>
internal sealed partial class ConsumerProvisioner(JetStreamApi api, ILogger logger)
{
    private const int FiltersOverlap = 10138;

    private static readonly Version WithSeveralFilters = new(2, 10, 0);

    // nats-server refuses to change these on an existing consumer (10012; seen on 2.9.10, 2.10.27 and 2.15.1).
    private static readonly string[] Immutable = ["deliver_policy", "opt_start_seq", "opt_start_time", "ack_policy", "replay_policy"];

    // Nor these, without which a push consumer works too.
    private static readonly string[] CannotChange = ["flow_control", "idle_heartbeat"];

    private const string DeliverGroup = "deliver_group";

    private string? _streamCreated;

    /// <summary>Looks at the durable after something went wrong, and makes it anew when it is gone.</summary>
    /// <exception cref="ConsumerConfigurationException">It is gone, and its successor would deliver what must not come twice.</exception>
    /// <exception cref="JetStreamException">The stream is missing, or the server cannot do what the code says.</exception>
    public async Task RestoreAsync(ConsumerPlan plan, CancellationToken cancellationToken)
    {
        StreamDescription stream = await FindStreamAsync(plan, cancellationToken).ConfigureAwait(false);
        bool isGone = await api.GetConsumerAsync(plan.Stream, plan.Durable, cancellationToken).ConfigureAwait(false) is null;
        if (isGone && stream.Created == _streamCreated)
        {
            if (plan.Settings.Delivery == DeliveryMode.AtMostOnce)
            {
                throw new ConsumerConfigurationException(
                    $"{plan.Name}: consumer '{plan.Durable}' of stream '{plan.Stream}' was deleted. A new one starts from its deliver policy ({plan.Settings.DeliverPolicy}), so that messages "
                    + "which were handled could come again, and Delivery is AtMostOnce. Start the worker again if that is what you want.");
            }

            Log.ConsumerStartsOver(logger, plan.Durable, plan.Stream, plan.Settings.DeliverPolicy);
        }

        await EnsureAsync(plan, cancellationToken).ConfigureAwait(false);
        _streamCreated = stream.Created;
    }

    /// <exception cref="JetStreamException">The stream is missing, or the server cannot do what the code says.</exception>
    public async Task<ProvisionedConsumer> EnsureAsync(ConsumerPlan plan, CancellationToken cancellationToken)
    {
        StreamDescription description = await FindStreamAsync(plan, cancellationToken).ConfigureAwait(false);
        _streamCreated ??= description.Created;
        if (api.ServerVersion < WithSeveralFilters)
            return await ApplyAsync(plan, description, SingleFilter(plan, description), cancellationToken).ConfigureAwait(false);
        try
        {
            return await ApplyAsync(plan, description, plan.Subjects, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException e) when (e.ErrorCode == FiltersOverlap)
        {
            // Some servers refuse filters that overlap in part; those are joined.
            return await ApplyAsync(plan, description, Widened(plan, description, FilterSet.Join(plan.Subjects)), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What to filter by, for a consumer that is made later.</summary>
    /// <exception cref="JetStreamException">The stream is missing.</exception>
    public async Task<IReadOnlyList<SubjectPattern>> CheckAsync(ConsumerPlan plan, CancellationToken cancellationToken)
    {
        StreamDescription description = await FindStreamAsync(plan, cancellationToken).ConfigureAwait(false);
        if (api.ServerVersion < WithSeveralFilters)
            return SingleFilter(plan, description);
        // Some servers refuse filters that overlap in part, so they are joined beforehand; what is too much is passed over.
        IReadOnlyList<SubjectPattern> joined = FilterSet.Join(plan.Subjects);
        return joined.SequenceEqual(plan.Subjects) ? plan.Subjects : Widened(plan, description, joined);
    }

    /// <summary>The configuration of an ordered consumer that goes on behind a sequence (ADR-17); without one it starts where the definition says.</summary>
    public JsonObject OrderedConfig(ConsumerPlan plan, IReadOnlyList<SubjectPattern> filters, ulong? after)
    {
        JsonObject config = ConsumerConfigJson.Ordered(plan, filters, after);
        // What an old server does not know it ignores, and a new one refuses what it does not know.
        if (api.ServerVersion < WithSeveralFilters)
            config.Remove("filter_subjects");
        return config;
    }

    private async Task<StreamDescription> FindStreamAsync(ConsumerPlan plan, CancellationToken cancellationToken)
    {
        string stream = plan.Stream;
        StreamDescription description = await api.GetStreamAsync(stream, cancellationToken).ConfigureAwait(false)
            ?? throw new JetStreamException(
                $"{plan.Name}: stream '{stream}' does not exist. Run the worker with --setup to create what {plan.Name}.Setup() asks for, or create the stream.");
        CheckCaptured(plan, description);
        return description;
    }

    private async Task<ProvisionedConsumer> ApplyAsync(ConsumerPlan plan, StreamDescription stream, IReadOnlyList<SubjectPattern> filters, CancellationToken cancellationToken)
    {
        string name = plan.Stream;
        ConsumerDescription? existing = await api.GetConsumerAsync(name, plan.Durable, cancellationToken).ConfigureAwait(false);
        if (existing is not null && api.ServerVersion < WithSeveralFilters)
            filters = Reachable(plan, stream, existing, filters);
        ConsumerDescription consumer = await ApplyAsync(plan, existing, filters, cancellationToken).ConfigureAwait(false);
        return new ProvisionedConsumer(consumer, filters, filters.SequenceEqual(plan.Subjects) ? null : plan.Subjects);
    }

    private async Task<ConsumerDescription> ApplyAsync(ConsumerPlan plan, ConsumerDescription? existing, IReadOnlyList<SubjectPattern> filters, CancellationToken cancellationToken)
    {
        JsonObject wanted = ConsumerConfigJson.Durable(plan, filters);
        string name = plan.Stream;
        if (existing is null)
        {
            ConsumerDescription created = await api.CreateConsumerAsync(name, wanted, cancellationToken).ConfigureAwait(false);
            ConfigJson.ThrowIfIgnored(wanted, created.Config, $"consumer '{plan.Durable}'", api.ServerVersion);
            Log.ConsumerChanged(logger, plan.Durable, name, "created");
            return created;
        }

        if (existing.DeliverSubject.Length > 0 != plan.Definition is PushConsumer)
        {
            (string actual, string other) = plan.Definition is PushConsumer ? ("pull", "push") : ("push", "pull");
            throw new ConsumerConfigurationException(
                $"{plan.Name}: consumer '{plan.Durable}' of stream '{name}' is a {actual} consumer, and the server cannot make a {other} consumer of it. Give another DurableName, or delete the consumer.");
        }

        LeaveAlone(wanted, existing);
        FilterUpdate.StateEverything(wanted, existing.Config);
        IReadOnlyList<FieldChange> differences = ConfigJson.Differences(wanted, existing.Config);
        if (differences.Count == 0)
            return existing;
        if (NewGroup(plan, existing, differences) is { } problem)
            throw new ConsumerConfigurationException(problem);
        if (differences.FirstOrDefault(CannotBeChanged) is { } immutable)
        {
            throw new ConsumerConfigurationException(
                $"{plan.Name}: consumer '{plan.Durable}' of stream '{name}' exists with another {immutable.Field} ({immutable.Actual} instead of {immutable.Wanted}), which the server cannot change. "
                + "Change the code back, give another DurableName, or delete the consumer; a new one starts from its deliver policy.");
        }

        ConsumerDescription updated = await api.UpdateConsumerAsync(name, ConfigJson.Merge(existing.Config, wanted), cancellationToken).ConfigureAwait(false);
        ConfigJson.ThrowIfIgnored(wanted, updated.Config, $"consumer '{plan.Durable}'", api.ServerVersion);
        Log.ConsumerChanged(logger, plan.Durable, name, $"updated: {string.Join("; ", differences)}");
        return updated;
    }

    // Another deliver group is accepted, and the server goes on looking for subscribers of the old one: nobody gets anything (seen on 2.9.10 and 2.15.1).
    private static bool CannotBeChanged(FieldChange change) => Immutable.Contains(change.Field) || change.Field == DeliverGroup;

    // The same, and nothing that was changed can be changed back: as a durable of other programs was made, which do not know groups.
    private static string? NewGroup(ConsumerPlan plan, ConsumerDescription existing, IReadOnlyList<FieldChange> differences) =>
        differences.Any(change => change.Field == DeliverGroup) && string.IsNullOrEmpty((string?)existing.Config[DeliverGroup])
            ? $"{plan.Name}: consumer '{plan.Durable}' of stream '{plan.Stream}' exists without a deliver group, and a server that gives it one delivers nothing any more. "
                + $"Give another DurableName. To go on where this one is, give it DeliverPolicy.ByStartSequence and StartSequence {existing.AckFloor + 1} as well, then delete this one."
            : null;

    private IReadOnlyList<SubjectPattern> Reachable(ConsumerPlan plan, StreamDescription stream, ConsumerDescription existing, IReadOnlyList<SubjectPattern> filters)
    {
        if (FilterUpdate.OnOldServer(existing.Config, filters[0]) is { } reachable)
            return reachable.Equals(filters[0]) ? filters : Widened(plan, stream, [reachable]);
        throw new ConsumerConfigurationException(
            $"{plan.Name}: consumer '{plan.Durable}' of stream '{plan.Stream}' filters by '{FilterUpdate.Current(existing.Config)[0]}', and nats-server {api.ServerVersion} would not deliver "
            + $"'{filters[0]}' after a change: it goes on looking for what the old filter matches. Give another DurableName, delete the consumer (a new one starts from its deliver policy), or use nats-server 2.10 or later.");
    }

    // What somebody else gave the consumer and we can live with.
    private static void LeaveAlone(JsonObject wanted, ConsumerDescription existing)
    {
        if (existing.Deadlines.Backoff.Count > 0)
            wanted.Remove("ack_wait"); // the back-off replaces it
        foreach (string field in CannotChange)
            wanted.Remove(field);
    }

    // Since 2.10 a filter that no subject of the stream can match is accepted and never delivers.
    private static void CheckCaptured(ConsumerPlan plan, StreamDescription stream)
    {
        List<SubjectPattern> captured = FilterSet.SubjectsOf(stream);
        foreach (SubjectPattern subject in plan.Subjects)
        {
            if (captured.Count > 0 && !captured.Any(subject.Overlaps))
            {
                throw new ConsumerConfigurationException(
                    $"{plan.Name}: stream '{plan.Stream}' captures {string.Join(", ", captured)}, and nothing of '{subject.Wire}'. "
                    + "Add the subject to the stream's (Setup() and --setup), or correct the [Handle].");
            }
        }
    }

    private IReadOnlyList<SubjectPattern> SingleFilter(ConsumerPlan plan, StreamDescription stream) =>
        plan.Subjects.Count == 1 ? plan.Subjects : Widened(plan, stream, [PatternSet.CommonCover(plan.Subjects)]);

    private IReadOnlyList<SubjectPattern> Widened(ConsumerPlan plan, StreamDescription stream, IReadOnlyList<SubjectPattern> filters)
    {
        string name = plan.Name;
        string wanted = string.Join(", ", plan.Subjects);
        string widened = string.Join(", ", filters);
        if (stream.Retention == "workqueue")
        {
            throw new ConsumerConfigurationException(
                $"{name} takes {wanted}, and nats-server {api.ServerVersion} cannot filter by that (several filters need 2.10, partly overlapping ones a later version). "
                + $"With '{widened}' it would take messages away from other consumers of this work queue. Use a newer server, or one consumer for each subject.");
        }

        Log.ConsumerWarning(
            logger, name, $"nats-server {api.ServerVersion} cannot filter by {wanted}, so '{widened}' is consumed and what no handler takes is acknowledged unseen.");
        return filters;
    }
}

/// <summary>A durable as it stands on the server.</summary>
/// <param name="Description">What the server says of it.</param>
/// <param name="Filters">By what it filters.</param>
/// <param name="Wanted">What was wanted, where the filter had to be wider.</param>
internal sealed record ProvisionedConsumer(ConsumerDescription Description, IReadOnlyList<SubjectPattern> Filters, IReadOnlyList<SubjectPattern>? Wanted);
