using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Consuming;

/// <summary>Makes the durable on the server what the code says, and reads back what it really is.</summary>
internal sealed class ConsumerProvisioner(JetStreamApi api, ILogger logger)
{
    private const int FiltersOverlap = 10138;

    /// <summary>How far the server counts beyond our attempts, so that a dead letter that could not be stored comes back.</summary>
    private const int Margin = 100;

    private static readonly Version WithSeveralFilters = new(2, 10, 0);

    // nats-server refuses to change these on an existing consumer (10012; seen on 2.9.10, 2.10.27 and 2.15.1).
    private static readonly string[] Immutable = ["deliver_policy", "ack_policy", "replay_policy"];

    /// <exception cref="JetStreamException">The stream is missing, or the server cannot do what the code says.</exception>
    public async Task<ProvisionedConsumer> EnsureAsync(ConsumerPlan plan, CancellationToken cancellationToken)
    {
        string stream = plan.Definition.StreamName;
        StreamDescription description = await api.GetStreamAsync(stream, cancellationToken).ConfigureAwait(false)
            ?? throw new JetStreamException(
                $"{plan.Definition.Name}: stream '{stream}' does not exist. Run the worker with --setup to create what {plan.Definition.Name}.Setup() asks for, or create the stream.");
        CheckCaptured(plan, description);
        if (api.ServerVersion < WithSeveralFilters)
            return await EnsureAsync(plan, SingleFilter(plan, description), cancellationToken).ConfigureAwait(false);
        try
        {
            return await EnsureAsync(plan, plan.Subjects, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException e) when (e.ErrorCode == FiltersOverlap)
        {
            // Some servers refuse filters that overlap in part; those are joined.
            return await EnsureAsync(plan, Widened(plan, description, FilterSet.Join(plan.Subjects)), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ProvisionedConsumer> EnsureAsync(ConsumerPlan plan, IReadOnlyList<SubjectPattern> filters, CancellationToken cancellationToken)
    {
        ConsumerDescription consumer = await ApplyAsync(plan, filters, cancellationToken).ConfigureAwait(false);
        return new ProvisionedConsumer(consumer, filters, filters.SequenceEqual(plan.Subjects) ? null : plan.Subjects);
    }

    private async Task<ConsumerDescription> ApplyAsync(ConsumerPlan plan, IReadOnlyList<SubjectPattern> filters, CancellationToken cancellationToken)
    {
        JsonObject wanted = Config(plan, filters.Any(filter => filter.Wire == ">") ? [] : filters);
        string name = plan.Definition.StreamName;
        ConsumerDescription? existing = await api.GetConsumerAsync(name, plan.Durable, cancellationToken).ConfigureAwait(false);
        if (existing is null)
        {
            ConsumerDescription created = await api.CreateConsumerAsync(name, wanted, cancellationToken).ConfigureAwait(false);
            ConfigJson.ThrowIfIgnored(wanted, created.Config, $"consumer '{plan.Durable}'", api.ServerVersion);
            Log.ConsumerChanged(logger, plan.Durable, name, "created");
            return created;
        }

        if ((string?)existing.Config["deliver_subject"] is { Length: > 0 })
        {
            throw new ConsumerConfigurationException(
                $"{plan.Definition.Name}: consumer '{plan.Durable}' of stream '{name}' is a push consumer, and the server cannot make a pull consumer of it. Give another DurableName, or delete the consumer.");
        }

        IReadOnlyList<FieldChange> differences = ConfigJson.Differences(wanted, existing.Config);
        if (differences.Count == 0)
            return existing;
        if (differences.FirstOrDefault(difference => Immutable.Contains(difference.Field)) is { } immutable)
        {
            throw new ConsumerConfigurationException(
                $"{plan.Definition.Name}: consumer '{plan.Durable}' of stream '{name}' exists with another {immutable.Field} ({immutable.Actual} instead of {immutable.Wanted}), which the server cannot change. "
                + "Change the code back, give another DurableName, or delete the consumer; a new one starts from its deliver policy.");
        }

        ConsumerDescription updated = await api.UpdateConsumerAsync(name, ConfigJson.Merge(existing.Config, wanted), cancellationToken).ConfigureAwait(false);
        ConfigJson.ThrowIfIgnored(wanted, updated.Config, $"consumer '{plan.Durable}'", api.ServerVersion);
        Log.ConsumerChanged(logger, plan.Durable, name, $"updated: {string.Join("; ", differences)}");
        return updated;
    }

    private static JsonObject Config(ConsumerPlan plan, IReadOnlyList<SubjectPattern> filters)
    {
        JetStreamConsumer definition = plan.Definition;
        // To abandon a message the server must count as we do.
        int maxDeliver = definition.OnExhausted == ErrorAckBehavior.Nak ? definition.MaxDeliver : (int)Math.Min((long)definition.MaxDeliver + Margin, int.MaxValue);
        return new JsonObject
        {
            ["durable_name"] = plan.Durable,
            ["name"] = plan.Durable,
            ["ack_policy"] = "explicit",
            ["ack_wait"] = definition.AckWait.ToNanoseconds(),
            ["max_deliver"] = maxDeliver,
            ["max_ack_pending"] = definition.MaxAckPending,
            ["deliver_policy"] = definition.DeliverPolicy switch
            {
                DeliverPolicy.All => "all",
                DeliverPolicy.Last => "last",
                DeliverPolicy.New => "new",
                _ => "last_per_subject",
            },
            ["replay_policy"] = "instant",
            // Both are always stated, so that changing from one filter to several and back leaves nothing behind.
            ["filter_subject"] = filters.Count == 1 ? filters[0].Wire : "",
            ["filter_subjects"] = new JsonArray([.. filters.Count > 1 ? filters.Select(filter => (JsonNode)filter.Wire) : []]),
        };
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
                    $"{plan.Definition.Name}: stream '{plan.Definition.StreamName}' captures {string.Join(", ", captured)}, and nothing of '{subject.Wire}'. "
                    + "Add the subject to the stream's (Setup() and --setup), or correct the [Handle].");
            }
        }
    }

    private IReadOnlyList<SubjectPattern> SingleFilter(ConsumerPlan plan, StreamDescription stream) =>
        plan.Subjects.Count == 1 ? plan.Subjects : Widened(plan, stream, [PatternSet.CommonCover(plan.Subjects)]);

    private IReadOnlyList<SubjectPattern> Widened(ConsumerPlan plan, StreamDescription stream, IReadOnlyList<SubjectPattern> filters)
    {
        string name = plan.Definition.Name;
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
