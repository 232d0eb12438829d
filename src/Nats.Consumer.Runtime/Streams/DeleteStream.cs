using Nats.Consumer.JetStream;

namespace Nats.Consumer.Streams;

internal sealed class DeleteStream(string name) : StreamOperation(new StreamConfig(name))
{
    internal override async Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken)
    {
        bool existed = await api.DeleteStreamAsync(Config.Name, cancellationToken).ConfigureAwait(false);
        return new StreamChange(existed ? StreamChangeKind.Deleted : StreamChangeKind.Absent, Config.Name, []);
    }
}
