namespace Nats.Consumer;

/// <summary>Where in its stream a new durable consumer starts. It cannot be changed afterwards.</summary>
public enum DeliverPolicy
{
    /// <summary>At the first message that the stream holds.</summary>
    All,

    /// <summary>At the last message.</summary>
    Last,

    /// <summary>With messages published after the consumer was created.</summary>
    New,

    /// <summary>With the last message of each subject.</summary>
    LastPerSubject,

    /// <summary>At <see cref="JetStreamConsumer.StartSequence"/>.</summary>
    ByStartSequence,

    /// <summary>With messages stored at <see cref="JetStreamConsumer.StartTime"/> or later.</summary>
    ByStartTime,
}
