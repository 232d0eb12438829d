using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;
using Nats.Consumer.Planning;

namespace Nats.Consumer.Streams;

/// <summary>An operation on a consumer that no class stands for.</summary>
internal sealed class ConsumerOperation : StreamOperation
{
    private readonly OperationKind _kind;
    private readonly ConsumerConfig _config;
    private readonly string _consumer;

    public ConsumerOperation(OperationKind kind, string stream, ConsumerConfig config)
        : base(stream)
    {
        ArgumentNullException.ThrowIfNull(config);
        JetStreamName.ThrowIfInvalid(stream, "stream");
        _ = ConsumerJson.From(config); // says what can never work
        (_kind, _config) = (kind, config);
        _consumer = config.DurableName ?? config.Name ?? throw new ArgumentException("The consumer has no name. State DurableName or Name.", nameof(config));
    }

    private string What => $"consumer '{_consumer}' of stream '{Stream}'";

    internal override async Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken)
    {
        var consumers = new ConsumerAdministration(api, TimeProvider.System);
        if (_kind == OperationKind.Delete)
            return Changed(await consumers.DeleteAsync(Stream, _consumer, cancellationToken).ConfigureAwait(false) ? StreamChangeKind.Deleted : StreamChangeKind.Absent);
        ConsumerInfo? before = await consumers.GetAsync(Stream, _consumer, cancellationToken).ConfigureAwait(false);
        await (_kind switch
        {
            OperationKind.Create => consumers.CreateAsync(Stream, _config, cancellationToken),
            OperationKind.Update => consumers.UpdateAsync(Stream, _config, cancellationToken),
            _ => consumers.CreateOrUpdateAsync(Stream, _config, cancellationToken),
        }).ConfigureAwait(false);
        if (before is null)
            return Changed(StreamChangeKind.Created);
        IReadOnlyList<FieldChange> differences = ConfigJson.Differences(ConsumerJson.From(_config), (JsonObject)before.Json["config"]!);
        return Changed(differences.Count == 0 ? StreamChangeKind.Unchanged : StreamChangeKind.Updated, differences);
    }

    internal override async Task<PlanStep> PlanAsync(PlanView view, CancellationToken cancellationToken)
    {
        JsonObject wanted = ConsumerJson.From(_config);
        if (_kind is OperationKind.Create or OperationKind.CreateOrUpdate && await view.ConsumerAsync(Stream, _consumer, cancellationToken).ConfigureAwait(false) is null)
            wanted["ack_policy"] ??= "explicit";
        JsonObject? info = await view.ConsumerAsync(Stream, _consumer, cancellationToken).ConfigureAwait(false);
        PlanStep step = ConsumerPlanner.Plan(
            _kind, await view.StreamAsync(Stream, cancellationToken).ConfigureAwait(false), What, wanted, info, await view.FactsAsync(cancellationToken).ConfigureAwait(false));
        if (step.Action == PlanAction.Delete)
            view.PutConsumer(Stream, _consumer, null);
        else if (step.Action is PlanAction.Create or PlanAction.Update)
            view.PutConsumer(Stream, _consumer, info is null ? wanted : ConfigJson.Merge((JsonObject)info["config"]!, wanted));
        return step;
    }

    private StreamChange Changed(StreamChangeKind kind, IReadOnlyList<FieldChange>? fields = null) => new(kind, $"C{What[1..]}", fields ?? []);
}
