namespace Nats.Consumer;

/// <summary>What becomes of a message whose attempts are exhausted.</summary>
public enum ErrorAckBehavior
{
    /// <summary>A copy goes to the dead-letter stream, then the message is terminated. Nothing is lost.</summary>
    DeadLetter,

    /// <summary>The message is acknowledged as if it had been handled.</summary>
    Ack,

    /// <summary>
    /// The message is negatively acknowledged and so abandoned on the server: it stays in the stream, is not delivered again once max deliver is reached, and keeps
    /// its place until then. Kept for those who come from oxnats; <see cref="DeadLetter"/> is what is nearly always meant.
    /// </summary>
    Nak,

    /// <summary>The message is terminated: never delivered again, no copy is kept.</summary>
    Terminate,

    /// <summary><see cref="JetStreamConsumer.HandleErrorAsync"/> settles the message itself. If it does not, the message is a dead letter and an error is logged.</summary>
    HandledByHandleError,
}
