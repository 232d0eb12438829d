using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;
using Nats.Consumer.Planning;

namespace Nats.Consumer.Streams;

/// <summary>An operation on a stream.</summary>
internal abstract class ConfiguredStream : StreamOperation
{
    private readonly OperationKind _kind;

    private protected ConfiguredStream(OperationKind kind, StreamConfig config)
        : base(Checked(config).Name) => (_kind, Config) = (kind, config);

    public StreamConfig Config { get; }

    internal override async Task<PlanStep> PlanAsync(PlanView view, CancellationToken cancellationToken)
    {
        JsonObject wanted = StreamJson.From(Config);
        JsonObject? info = await view.StreamAsync(Stream, cancellationToken).ConfigureAwait(false);
        PlanStep step = StreamPlanner.Plan(_kind, wanted, info, await view.FactsAsync(cancellationToken).ConfigureAwait(false));
        if (step.Action == PlanAction.Delete)
            view.Put(Stream, null);
        else if (step.Action is PlanAction.Create or PlanAction.Update)
            view.Put(Stream, info is null ? wanted : ConfigJson.Merge((JsonObject)info["config"]!, wanted));
        return step;
    }

    // A sparse update would reset what it leaves out, so the server's own configuration is what is sent back, changed where it must be.
    private protected async Task<StreamChange> UpdateAsync(JetStreamApi api, JsonObject wanted, StreamDescription existing, CancellationToken cancellationToken)
    {
        IReadOnlyList<FieldChange> differences = ConfigJson.Differences(wanted, existing.Config);
        if (differences.Count == 0)
            return Changed(StreamChangeKind.Unchanged);
        StreamDescription updated = await api.UpdateStreamAsync(ConfigJson.Merge(existing.Config, wanted), cancellationToken).ConfigureAwait(false);
        ConfigJson.ThrowIfIgnored(wanted, updated.Config, $"stream '{Stream}'", api.ServerVersion);
        if (differences.Any(difference => difference.Field == "subjects"))
            await StreamOverlap.ThrowIfAnyAsync(api, Stream, updated.Subjects, cancellationToken).ConfigureAwait(false);
        return Changed(StreamChangeKind.Updated, differences);
    }

    private protected async Task<StreamChange> CreateAsync(JetStreamApi api, JsonObject wanted, CancellationToken cancellationToken)
    {
        StreamDescription created = await api.CreateStreamAsync(wanted, cancellationToken).ConfigureAwait(false);
        ConfigJson.ThrowIfIgnored(wanted, created.Config, $"stream '{Stream}'", api.ServerVersion);
        await StreamOverlap.ThrowIfAnyAsync(api, Stream, created.Subjects, cancellationToken).ConfigureAwait(false);
        return Changed(StreamChangeKind.Created);
    }

    private protected StreamChange Changed(StreamChangeKind kind, IReadOnlyList<FieldChange>? fields = null) => new(kind, $"Stream '{Stream}'", fields ?? []);

    private protected JetStreamException ComesAndGoes(Exception inner) =>
        new($"Stream '{Stream}' comes and goes: somebody else creates and deletes it at this moment.", inner);

    private static StreamConfig Checked(StreamConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        StreamRules.Check(config);
        return config;
    }
}
