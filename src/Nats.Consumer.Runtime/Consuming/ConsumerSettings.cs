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
            AtLeast(pull.BatchSize, 1, nameof(PullConsumer.BatchSize));
        if (definition.AckWait < TimeSpan.FromMilliseconds(10))
            throw new ConsumerConfigurationException($"AckWait is {definition.AckWait}; it must be at least 10 ms, and longer than a handler takes.");
        _ = definition.Retry; // refuses a list with negative delays
    }

    private static void AtLeast(int value, int least, string name)
    {
        if (value < least)
            throw new ConsumerConfigurationException($"{name} is {value}; it must be at least {least}.");
    }
}
