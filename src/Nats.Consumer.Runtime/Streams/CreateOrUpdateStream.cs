using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;
using Nats.Consumer.Planning;

namespace Nats.Consumer.Streams;

internal sealed class CreateOrUpdateStream(StreamConfig config) : ConfiguredStream(OperationKind.CreateOrUpdate, config)
{
    internal override async Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken)
    {
        JsonObject wanted = StreamJson.From(Config);
        StreamDescription? existing = await api.GetStreamAsync(Stream, cancellationToken).ConfigureAwait(false);
        if (existing is null)
        {
            try
            {
                return await CreateAsync(api, wanted, cancellationToken).ConfigureAwait(false);
            }
            catch (JetStreamApiException e) when (e.ErrorCode == JetStreamErrorCodes.StreamNameInUse)
            {
                // Another process was faster; its stream is updated like any other.
                existing = await api.GetStreamAsync(Stream, cancellationToken).ConfigureAwait(false) ?? throw ComesAndGoes(e);
            }
        }

        return await UpdateAsync(api, wanted, existing, cancellationToken).ConfigureAwait(false);
    }
}
