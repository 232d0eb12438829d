namespace Nats.Consumer.JetStream;

internal sealed partial class JetStreamClient
{
    public ValueTask<PublishAck> PublishAsync<T>(string subject, T value, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _gate.Opened.IsCompleted
            ? _publisher.PublishAsync(subject, value, options, cancellationToken)
            : PublishWhenReadyAsync(subject, value, options, cancellationToken);

    public Task<PublishSummary> PublishManyAsync<T>(IEnumerable<PublishMessage<T>> messages, PublishWindowOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return PublishManyAsync(messages.ToAsyncEnumerable(), options, cancellationToken);
    }

    public async Task<PublishSummary> PublishManyAsync<T>(
        IAsyncEnumerable<PublishMessage<T>> messages, PublishWindowOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        await _gate.Opened.WaitAsync(cancellationToken).ConfigureAwait(false);
        await using PublishWindow window = OpenPublishWindow(options);
        try
        {
            await foreach (PublishMessage<T> message in messages.WithCancellation(cancellationToken).ConfigureAwait(false))
                await window.PublishAsync(message.Subject, message.Value, message.Options, message.State, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamException) when (window.HasFailed)
        {
            // Told with all that was on the way, below.
        }

        return await window.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public PublishWindow OpenPublishWindow(PublishWindowOptions? options = null) => _publisher.OpenWindow(options);

    private async ValueTask<PublishAck> PublishWhenReadyAsync<T>(string subject, T value, PublishOptions? options, CancellationToken cancellationToken)
    {
        await _gate.Opened.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await _publisher.PublishAsync(subject, value, options, cancellationToken).ConfigureAwait(false);
    }
}
