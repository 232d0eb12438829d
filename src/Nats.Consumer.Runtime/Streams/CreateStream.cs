using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Streams;

internal sealed class CreateStream(StreamConfig config) : StreamOperation(config)
{
    internal override async Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken)
    {
        JsonObject wanted = StreamJson.From(Config);
        if (await api.GetStreamAsync(Config.Name, cancellationToken).ConfigureAwait(false) is { } existing)
        {
            IReadOnlyList<FieldChange> differences = ConfigJson.Differences(wanted, existing.Config);
            return new StreamChange(differences.Count == 0 ? StreamChangeKind.Unchanged : StreamChangeKind.LeftAsItIs, Config.Name, differences);
        }

        StreamDescription created = await api.CreateStreamAsync(wanted, cancellationToken).ConfigureAwait(false);
        ConfigJson.ThrowIfIgnored(wanted, created.Config, $"stream '{Config.Name}'", api.ServerVersion);
        return new StreamChange(StreamChangeKind.Created, Config.Name, []);
    }
}
