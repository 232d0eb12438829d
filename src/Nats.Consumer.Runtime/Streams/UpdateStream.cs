using Nats.Consumer.JetStream;

namespace Nats.Consumer.Streams;

internal sealed class UpdateStream(StreamConfig config) : StreamOperation(config)
{
    internal override async Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken)
    {
        StreamDescription existing = await api.GetStreamAsync(Config.Name, cancellationToken).ConfigureAwait(false)
            ?? throw new JetStreamException($"Stream '{Config.Name}' does not exist, so it cannot be updated. Use CreateOrUpdate to create it where it is missing.");
        return await UpdateAsync(api, StreamJson.From(Config), existing, cancellationToken).ConfigureAwait(false);
    }
}
