namespace Nats.Consumer.Testing;

/// <summary>A nats-server could not be found or did not start. The message says why and holds the end of the server's log.</summary>
public sealed class NatsServerException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="log">The server's own words; they are put after <paramref name="message"/>. Default none.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public NatsServerException(string message, string log = "", Exception? innerException = null)
        : base(log.Length == 0 ? message : $"{message}{Environment.NewLine}{log}", innerException) => Log = log;

    /// <summary>The end of the server's log; empty when no server ran.</summary>
    public string Log { get; }
}
