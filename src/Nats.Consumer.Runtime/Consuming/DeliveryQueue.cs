using System.Threading.Channels;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Consuming;

/// <summary>The deliveries that a source has received and nobody has begun with, in order. A source bounds it by what it asks the server for; nothing is ever dropped from it.</summary>
internal sealed class DeliveryQueue(ConsumerContext consumer)
{
    private readonly Channel<InboundMessage> _messages = Channel.CreateUnbounded<InboundMessage>(new() { SingleWriter = true });

    public ChannelReader<InboundMessage> Messages => _messages.Reader;

    public InboundMessagePool Pool { get; } = new();

    /// <summary>Takes a delivery in.</summary>
    public void Add(in ReceivedMessage message, in AckSubject ack, long now)
    {
        consumer.Status.Received(ack, now);
        InboundMessage inbound = Pool.Rent();
        inbound.Fill(message, ack, consumer, now);
        if (!_messages.Writer.TryWrite(inbound))
            Pool.Return(inbound); // stopped meanwhile: the server delivers it again after the ack wait
    }

    public void Complete() => _messages.Writer.TryComplete();
}
