namespace Nats.Consumer.Testing;

/// <summary>A worker under test did not do what a test expects, or cannot be tested so. The message has the timeline of what happened.</summary>
public sealed class ConsumerHarnessException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ConsumerHarnessException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
