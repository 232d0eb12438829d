using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

public partial interface IJetStream
{
    /// <summary>Creates a stream. One that exists with the same configuration is left as it is; with another one it is refused (10058).</summary>
    /// <param name="config">What it shall be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The stream as the server made it.</returns>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    /// <exception cref="JetStreamException">The server ignored a field that it does not know. The stream has been created.</exception>
    Task<StreamInfo> CreateStreamAsync(StreamConfig config, CancellationToken cancellationToken = default);

    /// <summary>Changes what the configuration states and the server has otherwise; what is not stated stays as it is.</summary>
    /// <param name="config">What it shall be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The stream as it is now.</returns>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    /// <exception cref="JetStreamException">The stream does not exist; or the server ignored a field that it does not know.</exception>
    Task<StreamInfo> UpdateStreamAsync(StreamConfig config, CancellationToken cancellationToken = default);

    /// <summary>Creates a stream, or changes it as <see cref="UpdateStreamAsync"/> does. Several processes may do so at once.</summary>
    /// <inheritdoc cref="UpdateStreamAsync" path="/param"/>
    /// <returns>The stream as it is now.</returns>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    /// <exception cref="JetStreamException">The server ignored a field that it does not know.</exception>
    Task<StreamInfo> CreateOrUpdateStreamAsync(StreamConfig config, CancellationToken cancellationToken = default);

    /// <summary>Describes a stream.</summary>
    /// <param name="stream">Its name.</param>
    /// <param name="options">What to ask for beyond the usual.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The stream; <see langword="null"/> when there is none of the name.</returns>
    /// <exception cref="ArgumentException">No stream can have the name.</exception>
    Task<StreamInfo?> GetStreamAsync(string stream, StreamInfoOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Describes all streams, page by page.</summary>
    /// <param name="subject">Only those that capture something of it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="JetStreamTimeoutException">A part of the cluster did not answer, so the list is not complete.</exception>
    IAsyncEnumerable<StreamInfo> ListStreamsAsync([StringSyntax("NatsSubjectPattern")] string? subject = null, CancellationToken cancellationToken = default);

    /// <summary>The names of all streams. With a subject that is published to: the stream that stores it.</summary>
    /// <param name="subject">Only those that capture something of it.</param>
    /// <param name="cancellationToken">Stops.</param>
    IAsyncEnumerable<string> ListStreamNamesAsync([StringSyntax("NatsSubjectPattern")] string? subject = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a stream, all its messages and its consumers. There is no way back.</summary>
    /// <param name="stream">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether it existed.</returns>
    /// <exception cref="ArgumentException">No stream can have the name.</exception>
    Task<bool> DeleteStreamAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>Removes messages from a stream. There is no way back.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="options">Which ones; all without it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="ArgumentException">No stream can have the name, or the options cannot go together.</exception>
    Task<long> PurgeStreamAsync(string stream, PurgeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Creates a consumer. One that exists with the same configuration is left as it is; with another one it is refused.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="config">What it shall be. Its deliveries are acknowledged one by one unless it says otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The consumer as the server made it.</returns>
    /// <exception cref="ArgumentException">A name or a filter can never work, or two starts are stated.</exception>
    /// <exception cref="JetStreamException">The server ignored a field that it does not know. The consumer has been created.</exception>
    Task<ConsumerInfo> CreateConsumerAsync(string stream, ConsumerConfig config, CancellationToken cancellationToken = default);

    /// <summary>Changes what the configuration states and the server has otherwise; what is not stated stays as it is.</summary>
    /// <remarks>Changing the filters skips messages for good: those that the new ones let in and that the consumer has passed already.</remarks>
    /// <param name="stream">The stream.</param>
    /// <param name="config">What it shall be, with its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The consumer as it is now.</returns>
    /// <exception cref="ArgumentException">A name or a filter can never work, or two starts are stated.</exception>
    /// <exception cref="JetStreamException">The consumer does not exist; or the server ignored a field that it does not know.</exception>
    Task<ConsumerInfo> UpdateConsumerAsync(string stream, ConsumerConfig config, CancellationToken cancellationToken = default);

    /// <summary>Creates a consumer, or changes it as <see cref="UpdateConsumerAsync"/> does. Several processes may do so at once.</summary>
    /// <inheritdoc cref="UpdateConsumerAsync" path="/param"/>
    /// <returns>The consumer as it is now.</returns>
    /// <exception cref="ArgumentException">A name or a filter can never work, or two starts are stated.</exception>
    /// <exception cref="JetStreamException">The server ignored a field that it does not know.</exception>
    Task<ConsumerInfo> CreateOrUpdateConsumerAsync(string stream, ConsumerConfig config, CancellationToken cancellationToken = default);

    /// <summary>Describes a consumer.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="consumer">The consumer's name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The consumer; <see langword="null"/> when there is none of the name.</returns>
    /// <exception cref="ArgumentException">A name can never be one.</exception>
    /// <exception cref="JetStreamApiException">The stream does not exist (10059).</exception>
    Task<ConsumerInfo?> GetConsumerAsync(string stream, string consumer, CancellationToken cancellationToken = default);

    /// <summary>Describes all consumers of a stream, page by page.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="JetStreamTimeoutException">A part of the cluster did not answer, so the list is not complete.</exception>
    IAsyncEnumerable<ConsumerInfo> ListConsumersAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>The names of all consumers of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">Stops.</param>
    IAsyncEnumerable<string> ListConsumerNamesAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>Deletes a consumer. A new one of the same name starts anew, and delivers again what this one has settled.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="consumer">The consumer's name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether it existed.</returns>
    /// <exception cref="ArgumentException">A name can never be one.</exception>
    Task<bool> DeleteConsumerAsync(string stream, string consumer, CancellationToken cancellationToken = default);

    /// <summary>Delivers nothing until a time. nats-server 2.11 and later.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="consumer">The consumer's name.</param>
    /// <param name="until">Until when, by the server's clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">A name can never be one, or the time is past.</exception>
    /// <exception cref="JetStreamException">The server is older; it would not answer.</exception>
    Task<ConsumerPause> PauseConsumerAsync(string stream, string consumer, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>Ends a pause.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="consumer">The consumer's name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">A name can never be one.</exception>
    /// <exception cref="JetStreamException">The server is older than 2.11; it would not answer.</exception>
    Task<ConsumerPause> ResumeConsumerAsync(string stream, string consumer, CancellationToken cancellationToken = default);

    /// <summary>What the account uses of JetStream, and what it may.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<AccountInfo> GetAccountInfoAsync(CancellationToken cancellationToken = default);
}
