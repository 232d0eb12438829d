namespace Nats.Consumer;

public partial interface IJetStream
{
    /// <summary>The dead letters of a stream. Asks nothing of the server yet.</summary>
    /// <param name="stream">The stream whose messages they were; not the one that keeps them.</param>
    /// <exception cref="ArgumentException">No stream can have the name.</exception>
    IDeadLetters DeadLettersOf(string stream);
}
