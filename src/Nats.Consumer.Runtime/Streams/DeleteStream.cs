using Nats.Consumer.JetStream;
using Nats.Consumer.Planning;

namespace Nats.Consumer.Streams;

internal sealed class DeleteStream(string name) : ConfiguredStream(OperationKind.Delete, new StreamConfig(name))
{
    internal override async Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken)
    {
        bool existed = await api.DeleteStreamAsync(Stream, cancellationToken).ConfigureAwait(false);
        return Changed(existed ? StreamChangeKind.Deleted : StreamChangeKind.Absent);
    }
}
