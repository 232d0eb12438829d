using System.Collections.Concurrent;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.JetStream;

/// <summary>Finds out, once for each consumer, whether it can be pulled from and how long it waits for settlements.</summary>
internal sealed class ConsumerLookup(ReadingTools tools, ConsumerAdministration consumers)
{
    private readonly ConcurrentDictionary<(string Stream, string Consumer), MessageAcks> _known = new();

    public async ValueTask<MessageAcks> AcksOfAsync(string stream, string consumer, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((stream, consumer), out MessageAcks? acks))
            return acks;
        ConsumerInfo info = await RequireAsync(stream, consumer, cancellationToken).ConfigureAwait(false);
        return AcksOf(info);
    }

    public MessageAcks AcksOf(ConsumerInfo info)
    {
        var acks = new MessageAcks(tools, info.Stream, info.Name)
        {
            Deadlines = new AckDeadlines(info.Config.AckWait ?? TimeSpan.FromSeconds(30), info.Config.Backoff ?? []),
            AcksNothing = info.Config.AckPolicy == AckPolicy.None,
        };
        _known[(info.Stream, info.Name)] = acks;
        return acks;
    }

    /// <exception cref="JetStreamException">There is no such consumer, or it is a push consumer.</exception>
    public async ValueTask<ConsumerInfo> RequireAsync(string stream, string consumer, CancellationToken cancellationToken)
    {
        _known.TryRemove((stream, consumer), out _);
        ConsumerInfo info = await consumers.GetAsync(stream, consumer, cancellationToken).ConfigureAwait(false)
            ?? throw new JetStreamException($"Consumer '{consumer}' of stream '{stream}' does not exist. Create it with CreateConsumerAsync, or check the names.");
        if (info.Config.DeliverSubject is { Length: > 0 })
            throw new JetStreamException($"Consumer '{consumer}' of stream '{stream}' is a push consumer; messages cannot be pulled from it. Use a consumer without a DeliverSubject.");
        return info;
    }

    /// <summary>Whether trying again may help: the server is away, or JetStream without a leader.</summary>
    public static bool Passes(Exception error) =>
        error is NatsConnectionException or JetStreamTimeoutException or JetStreamNotEnabledException or JetStreamApiException { Code: 503 };
}
