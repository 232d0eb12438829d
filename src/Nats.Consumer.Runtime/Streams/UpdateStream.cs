using Nats.Consumer.JetStream;
using Nats.Consumer.Planning;

namespace Nats.Consumer.Streams;

internal sealed class UpdateStream(StreamConfig config) : ConfiguredStream(OperationKind.Update, config)
{
    internal override async Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken)
    {
        StreamDescription existing = await api.GetStreamAsync(Stream, cancellationToken).ConfigureAwait(false)
            ?? throw new JetStreamException($"Stream '{Stream}' does not exist, so it cannot be updated. Use CreateOrUpdate to create it where it is missing.");
        return await UpdateAsync(api, StreamJson.From(Config), existing, cancellationToken).ConfigureAwait(false);
    }
}
