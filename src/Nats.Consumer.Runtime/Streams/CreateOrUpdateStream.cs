using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Streams;

internal sealed class CreateOrUpdateStream(StreamConfig config) : StreamOperation(config)
{
    internal override async Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken)
    {
        JsonObject wanted = StreamJson.From(Config);
        StreamDescription? existing = await api.GetStreamAsync(Config.Name, cancellationToken).ConfigureAwait(false);
        if (existing is null)
        {
            try
            {
                StreamDescription created = await api.CreateStreamAsync(wanted, cancellationToken).ConfigureAwait(false);
                ConfigJson.ThrowIfIgnored(wanted, created.Config, $"stream '{Config.Name}'", api.ServerVersion);
                return new StreamChange(StreamChangeKind.Created, Config.Name, []);
            }
            catch (JetStreamApiException e) when (e.ErrorCode == JetStreamErrorCodes.StreamNameInUse)
            {
                // Another process was faster; its stream is updated like any other.
                existing = await api.GetStreamAsync(Config.Name, cancellationToken).ConfigureAwait(false) ?? throw ComesAndGoes(e);
            }
        }

        return await UpdateAsync(api, wanted, existing, cancellationToken).ConfigureAwait(false);
    }
}
