namespace Nats.Consumer.Consuming;

/// <summary>The settings of a consumer, within their ranges.</summary>
internal static class SettingRules
{
    /// <exception cref="ConsumerConfigurationException">One of them is not.</exception>
    public static void Check(ConsumerSettings settings)
    {
        AtLeast(settings, settings.MaxDeliver, 1, nameof(settings.MaxDeliver));
        AtLeast(settings, settings.MaxAckPending, 1, nameof(settings.MaxAckPending));
        AtLeast(settings, settings.Concurrency, 1, nameof(settings.Concurrency));
        if (settings.Definition is PullConsumer)
        {
            AtLeast(settings, settings.BatchSize, 1, nameof(settings.BatchSize));
            AtLeast(settings, settings.MaxBytes, 0, nameof(settings.MaxBytes));
        }

        if (settings.Definition is OrderedConsumer)
            CheckOrdered(settings);
        if (settings.HandlerTimeout <= TimeSpan.Zero)
            throw Wrong(settings, nameof(settings.HandlerTimeout), settings.HandlerTimeout, "it must be positive, or null for no limit");
        if (settings.InactiveThreshold <= TimeSpan.Zero)
            throw Wrong(settings, nameof(settings.InactiveThreshold), settings.InactiveThreshold, "it must be positive, or null to keep the durable for ever");
        if (settings.MaxAckExtension < TimeSpan.Zero)
            throw Wrong(settings, nameof(settings.MaxAckExtension), settings.MaxAckExtension, "it must be positive, or zero to leave the ack wait alone");
        AtLeast(settings, settings.MaxMessages, 1, nameof(settings.MaxMessages));
        if (settings.MaxWait < TimeSpan.Zero)
            throw Wrong(settings, nameof(settings.MaxWait), settings.MaxWait, "it cannot be negative");
        if (settings.HandlerTimeout > Timers.Longest)
            throw Wrong(settings, nameof(settings.HandlerTimeout), settings.HandlerTimeout, "it must be at most 49 days, or null for no limit");
        if (settings.MaxWait > Timers.Longest)
            throw Wrong(settings, nameof(settings.MaxWait), settings.MaxWait, "it must be at most 49 days");
        if (settings is { DeliverPolicy: DeliverPolicy.ByStartSequence, StartSequence: 0 })
            throw Wrong(settings, nameof(settings.StartSequence), 0, "sequences start at 1");
        if (settings.AckWait < TimeSpan.FromMilliseconds(10))
            throw Wrong(settings, nameof(settings.AckWait), settings.AckWait, "it must be at least 10 ms, and longer than a handler takes");
    }

    private static void CheckOrdered(ConsumerSettings settings)
    {
        AtLeast(settings, settings.BatchSize, 1, nameof(settings.BatchSize));
        if (settings.Concurrency != 1)
            throw Wrong(settings, nameof(settings.Concurrency), settings.Concurrency, "an ordered consumer handles one message at a time");
        if (settings.Delivery != DeliveryMode.AtLeastOnce)
            throw Wrong(settings, nameof(settings.Delivery), settings.Delivery, "an ordered consumer acknowledges nothing. Derive from PullConsumer");
        if (settings.OnExhausted is ErrorAckBehavior.Nak)
            throw Wrong(settings, nameof(settings.OnExhausted), settings.OnExhausted, "an ordered consumer acknowledges nothing. Use Terminate to go on without the message");
        if (settings.DurableName is not null || settings.OrderBy is not null)
            throw new ConsumerConfigurationException("An ordered consumer has neither DurableName nor OrderBy: it keeps no position, and everything is in order. Remove them, or derive from PullConsumer.");
    }

    private static void AtLeast(ConsumerSettings settings, long value, long least, string name)
    {
        if (value < least)
            throw Wrong(settings, name, value, $"it must be at least {least}");
    }

    private static ConsumerConfigurationException Wrong(ConsumerSettings settings, string name, object? value, string rule) => new($"{settings.NameOf(name)} is {value}; {rule}.");
}
