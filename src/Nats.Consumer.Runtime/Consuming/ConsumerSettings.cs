namespace Nats.Consumer.Consuming;

/// <summary>The numbers of a consumer, within their ranges.</summary>
internal static class ConsumerSettings
{
    public static void Check(JetStreamConsumer definition)
    {
        AtLeast(definition.MaxDeliver, 1, nameof(JetStreamConsumer.MaxDeliver));
        AtLeast(definition.MaxAckPending, 1, nameof(JetStreamConsumer.MaxAckPending));
        AtLeast(definition.Concurrency, 1, nameof(JetStreamConsumer.Concurrency));
        if (definition is PullConsumer pull)
        {
            AtLeast(pull.BatchSize, 1, nameof(PullConsumer.BatchSize));
            AtLeast(pull.MaxBytes, 0, nameof(PullConsumer.MaxBytes));
        }

        if (definition is OrderedConsumer ordered)
            CheckOrdered(ordered);
        if (definition.HandlerTimeout is { } timeout && timeout <= TimeSpan.Zero)
            throw new ConsumerConfigurationException($"HandlerTimeout is {timeout}; it must be positive, or null for no limit.");
        if (definition.InactiveThreshold is { } inactive && inactive <= TimeSpan.Zero)
            throw new ConsumerConfigurationException($"InactiveThreshold is {inactive}; it must be positive, or null to keep the durable for ever.");
        if (definition.MaxAckExtension < TimeSpan.Zero)
            throw new ConsumerConfigurationException($"MaxAckExtension is {definition.MaxAckExtension}; it must be positive, or zero to leave the ack wait alone.");
        AtLeast(definition.MaxMessages, 1, nameof(JetStreamConsumer.MaxMessages));
        if (definition.MaxWait < TimeSpan.Zero)
            throw new ConsumerConfigurationException($"MaxWait is {definition.MaxWait}; it cannot be negative.");
        if (definition.DeliverPolicy == DeliverPolicy.ByStartSequence && definition.StartSequence == 0)
            throw new ConsumerConfigurationException("StartSequence is 0; sequences start at 1.");
        if (definition.AckWait < TimeSpan.FromMilliseconds(10))
            throw new ConsumerConfigurationException($"AckWait is {definition.AckWait}; it must be at least 10 ms, and longer than a handler takes.");
        _ = definition.Retry; // refuses a list with negative delays
    }

    private static void CheckOrdered(OrderedConsumer ordered)
    {
        AtLeast(ordered.BatchSize, 1, nameof(OrderedConsumer.BatchSize));
        if (ordered.Concurrency != 1)
            throw new ConsumerConfigurationException($"Concurrency is {ordered.Concurrency}; an ordered consumer handles one message at a time.");
        if (ordered.Delivery != DeliveryMode.AtLeastOnce)
            throw new ConsumerConfigurationException($"Delivery is {ordered.Delivery}; an ordered consumer acknowledges nothing. Derive from PullConsumer.");
        if (ordered.OnExhausted is ErrorAckBehavior.Nak)
            throw new ConsumerConfigurationException("OnExhausted is Nak; an ordered consumer acknowledges nothing. Use Terminate to go on without the message.");
        if (ordered.DurableName is not null || ordered.OrderBy is not null)
            throw new ConsumerConfigurationException("An ordered consumer has neither DurableName nor OrderBy: it keeps no position, and everything is in order. Remove them, or derive from PullConsumer.");
    }

    private static void AtLeast(long value, long least, string name)
    {
        if (value < least)
            throw new ConsumerConfigurationException($"{name} is {value}; it must be at least {least}.");
    }
}
