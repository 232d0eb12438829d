using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;
using Nats.Consumer.Planning;

namespace Nats.Consumer.Streams;

internal sealed class CreateStream(StreamConfig config) : ConfiguredStream(OperationKind.Create, config)
{
    internal override async Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken)
    {
        JsonObject wanted = StreamJson.From(Config);
        if (await api.GetStreamAsync(Stream, cancellationToken).ConfigureAwait(false) is { } existing)
            return Found(wanted, existing);
        try
        {
            return await CreateAsync(api, wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamApiException e) when (e.ErrorCode == JetStreamErrorCodes.StreamNameInUse)
        {
            // Another process was faster; its stream is left alone like any other.
            return await api.GetStreamAsync(Stream, cancellationToken).ConfigureAwait(false) is { } theirs ? Found(wanted, theirs) : throw ComesAndGoes(e);
        }
    }

    private StreamChange Found(JsonObject wanted, StreamDescription existing)
    {
        IReadOnlyList<FieldChange> differences = ConfigJson.Differences(wanted, existing.Config);
        return Changed(differences.Count == 0 ? StreamChangeKind.Unchanged : StreamChangeKind.LeftAsItIs, differences);
    }
}
