using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Streams;

internal sealed class CreateStream(StreamConfig config) : StreamOperation(config)
{
    internal override async Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken)
    {
        JsonObject wanted = StreamJson.From(Config);
        if (await api.GetStreamAsync(Config.Name, cancellationToken).ConfigureAwait(false) is { } existing)
            return Found(wanted, existing);
        try
        {
            StreamDescription created = await api.CreateStreamAsync(wanted, cancellationToken).ConfigureAwait(false);
            ConfigJson.ThrowIfIgnored(wanted, created.Config, $"stream '{Config.Name}'", api.ServerVersion);
            return new StreamChange(StreamChangeKind.Created, Config.Name, []);
        }
        catch (JetStreamApiException e) when (e.ErrorCode == JetStreamErrorCodes.StreamNameInUse)
        {
            // Another process was faster; its stream is left alone like any other.
            return await api.GetStreamAsync(Config.Name, cancellationToken).ConfigureAwait(false) is { } theirs ? Found(wanted, theirs) : throw ComesAndGoes(e);
        }
    }

    private StreamChange Found(JsonObject wanted, StreamDescription existing)
    {
        IReadOnlyList<FieldChange> differences = ConfigJson.Differences(wanted, existing.Config);
        return new StreamChange(differences.Count == 0 ? StreamChangeKind.Unchanged : StreamChangeKind.LeftAsItIs, Config.Name, differences);
    }
}
