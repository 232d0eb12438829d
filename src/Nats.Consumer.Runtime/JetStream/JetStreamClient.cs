using System.Runtime.CompilerServices;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.JetStream;

/// <summary>What applications get as <see cref="IJetStream"/>: each room of the house behind one door.</summary>
internal sealed partial class JetStreamClient(JetStreamApi api, JetStreamPublisher publisher, PayloadSerializer payloads, TimeProvider time) : IJetStream
{
    private readonly StreamAdministration _streams = new(api);
    private readonly ConsumerAdministration _consumers = new(api, time);
    private readonly MessageStore _messages = new(api, payloads);

    private async Task<T> WhenReadyAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await action().ConfigureAwait(false);
    }

    private async IAsyncEnumerable<T> WhenReadyAsync<T>(IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        await foreach (T item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return item;
    }

    private ValueTask ReadyAsync(CancellationToken cancellationToken) => FirstConnect.EnsureAsync(api.Connection, time, cancellationToken);
}
