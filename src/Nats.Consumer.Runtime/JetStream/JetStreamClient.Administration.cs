namespace Nats.Consumer.JetStream;

internal sealed partial class JetStreamClient
{
    public Task<StreamInfo> CreateStreamAsync(StreamConfig config, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _streams.CreateAsync(config, cancellationToken), cancellationToken);

    public Task<StreamInfo> UpdateStreamAsync(StreamConfig config, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _streams.UpdateAsync(config, cancellationToken), cancellationToken);

    public Task<StreamInfo> CreateOrUpdateStreamAsync(StreamConfig config, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _streams.CreateOrUpdateAsync(config, cancellationToken), cancellationToken);

    public Task<StreamInfo?> GetStreamAsync(string stream, StreamInfoOptions? options = null, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _streams.GetAsync(stream, options, cancellationToken), cancellationToken);

    public Task<bool> DeleteStreamAsync(string stream, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _streams.DeleteAsync(stream, cancellationToken), cancellationToken);

    public Task<long> PurgeStreamAsync(string stream, PurgeOptions? options = null, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _streams.PurgeAsync(stream, options, cancellationToken), cancellationToken);

    public Task<ConsumerInfo> CreateConsumerAsync(string stream, ConsumerConfig config, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _consumers.CreateAsync(stream, config, cancellationToken), cancellationToken);

    public Task<ConsumerInfo> UpdateConsumerAsync(string stream, ConsumerConfig config, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _consumers.UpdateAsync(stream, config, cancellationToken), cancellationToken);

    public Task<ConsumerInfo> CreateOrUpdateConsumerAsync(string stream, ConsumerConfig config, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _consumers.CreateOrUpdateAsync(stream, config, cancellationToken), cancellationToken);

    public Task<ConsumerInfo?> GetConsumerAsync(string stream, string consumer, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _consumers.GetAsync(stream, consumer, cancellationToken), cancellationToken);

    public Task<bool> DeleteConsumerAsync(string stream, string consumer, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _consumers.DeleteAsync(stream, consumer, cancellationToken), cancellationToken);

    public Task<ConsumerPause> PauseConsumerAsync(string stream, string consumer, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _consumers.PauseAsync(stream, consumer, until, cancellationToken), cancellationToken);

    public Task<ConsumerPause> ResumeConsumerAsync(string stream, string consumer, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(() => _consumers.PauseAsync(stream, consumer, until: null, cancellationToken), cancellationToken);

    public IAsyncEnumerable<StreamInfo> ListStreamsAsync(string? subject = null, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(_streams.ListAsync(subject, cancellationToken), cancellationToken);

    public IAsyncEnumerable<string> ListStreamNamesAsync(string? subject = null, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(_streams.ListNamesAsync(subject, cancellationToken), cancellationToken);

    public IAsyncEnumerable<ConsumerInfo> ListConsumersAsync(string stream, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(_consumers.ListAsync(stream, cancellationToken), cancellationToken);

    public IAsyncEnumerable<string> ListConsumerNamesAsync(string stream, CancellationToken cancellationToken = default) =>
        WhenReadyAsync(_consumers.ListNamesAsync(stream, cancellationToken), cancellationToken);

    public Task<AccountInfo> GetAccountInfoAsync(CancellationToken cancellationToken = default) => WhenReadyAsync(
        async () =>
        {
            System.Text.Json.Nodes.JsonObject answer = await _api.RequestAsync("INFO", null, "Asking for JetStream", cancellationToken).ConfigureAwait(false);
            return ModelJson.Read(answer, ModelJson.Default.AccountInfo) with { Json = answer };
        },
        cancellationToken);
}
