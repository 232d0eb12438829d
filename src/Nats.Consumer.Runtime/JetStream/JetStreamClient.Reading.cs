namespace Nats.Consumer.JetStream;

internal sealed partial class JetStreamClient
{
    public IAsyncEnumerable<JetStreamMessage> FetchAsync(string stream, string consumer, FetchOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FetchOptions();
        options.Validate();
        return WhenReadyAsync(_fetching.ReadAsync(stream, consumer, options, cancellationToken), cancellationToken);
    }

    public IAsyncEnumerable<JetStreamMessage> ConsumeAsync(string stream, string consumer, ConsumeOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ConsumeOptions();
        options.Validate();
        return WhenReadyAsync(_reading.ReadAsync(stream, consumer, options, cancellationToken), cancellationToken);
    }

    public IAsyncEnumerable<JetStreamMessage> ConsumeOrderedAsync(string stream, OrderedOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new OrderedOptions();
        options.Validate();
        return WhenReadyAsync(_ordered.ReadAsync(stream, options, cancellationToken), cancellationToken);
    }
}
