namespace Nats.Consumer.InMemory.Consumers;

/// <summary>How deliveries reach somebody: asked for (pull), or sent to a subject (push).</summary>
internal interface IDeliveryMode
{
    /// <summary>Whether somebody waits for a message.</summary>
    bool IsReady { get; }

    /// <summary>How many requests wait.</summary>
    int Waiting { get; }

    /// <summary>Whether somebody takes what is sent.</summary>
    bool IsBound { get; }

    /// <summary>Takes the subject to which a message of that size goes.</summary>
    /// <returns><see langword="null"/> when nobody can have it.</returns>
    byte[]? TakeTarget(int size);

    /// <summary>A message has gone there.</summary>
    void Delivered(byte[] target, int size);

    /// <summary>There is nothing to deliver at present.</summary>
    /// <param name="isEnd">Because all was delivered, not because too much is unacknowledged.</param>
    void Idle(bool isEnd);

    /// <summary>A client has subscribed or left.</summary>
    void InterestChanged();

    /// <summary>The configuration has changed.</summary>
    void ConfigChanged();

    /// <summary>Something shows that the consumer is in use.</summary>
    void Used();

    /// <summary>The consumer is deleted.</summary>
    void Close();
}
