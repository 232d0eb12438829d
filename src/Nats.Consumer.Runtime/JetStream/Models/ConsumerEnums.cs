namespace Nats.Consumer;

/// <summary>How deliveries of a consumer are acknowledged.</summary>
public enum AckPolicy
{
    /// <summary>Each one by itself.</summary>
    Explicit,

    /// <summary>One acknowledges all before it. Not together with concurrent handling.</summary>
    All,

    /// <summary>Not at all: delivered is done.</summary>
    None,

    /// <summary>By flow control, for streams that copy through the consumer. Push consumers of 2.14 and later.</summary>
    FlowControl,
}

/// <summary>How fast a consumer delivers.</summary>
public enum ReplayPolicy
{
    /// <summary>As fast as it can.</summary>
    Instant,

    /// <summary>With the pauses with which the messages were stored.</summary>
    Original,
}

/// <summary>Who of a group of pulling clients gets messages. 2.11 and later.</summary>
public enum PriorityPolicy
{
    /// <summary>There are no groups.</summary>
    None,

    /// <summary>A client gets some when more are pending than it says.</summary>
    Overflow,

    /// <summary>One client gets all, until it falls silent.</summary>
    PinnedClient,

    /// <summary>The clients with the lowest number that pull. 2.12 and later.</summary>
    Prioritized,
}
