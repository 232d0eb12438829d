namespace Nats.Consumer.Client;

/// <summary>Takes the messages of one subscription.</summary>
public interface INatsMessageSink
{
    /// <summary>
    /// Takes one message. Called on the connection's receive loop, in order: it copies what it needs (the spans are gone when the
    /// call returns), queues it, and returns a completed task. A task that is not complete holds the whole connection back, which the server feels
    /// as TCP back-pressure: no message is ever dropped.
    /// </summary>
    ValueTask OnMessageAsync(in ReceivedMessage message);

    /// <summary>Called once, after the last message: the subscription ended, or the connection was closed for good.</summary>
    /// <param name="reason">Why, when it was not asked for.</param>
    void OnClosed(Exception? reason);
}
