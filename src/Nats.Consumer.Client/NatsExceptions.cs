namespace Nats.Consumer.Client;

/// <summary>The root of all errors of the client.</summary>
public class NatsException : Exception
{
    /// <summary>Creates the error.</summary>
    public NatsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>The connection is closed, lost, or away for longer than was allowed.</summary>
public class NatsConnectionException(string message, Exception? innerException = null) : NatsException(message, innerException);

/// <summary>No server could be reached, or the credentials for it could not be had: a file that cannot be used, a signer that failed.</summary>
public sealed class NatsConnectException(string message, Exception? innerException = null) : NatsConnectionException(message, innerException)
{
    /// <summary>Whether a server was there, and what is missing is the credentials for it.</summary>
    public bool IsAboutCredentials { get; internal set; }
}

/// <summary>The server refused the credentials. Trying again without changing them is of no use.</summary>
public sealed class NatsAuthenticationException(string message) : NatsException(message);

/// <summary>
/// The server was reached and TLS stands in the way: a certificate, a missing one, a file, or an option. Trying again is of no use to the first connect, which
/// throws it. A connection that was up goes on trying, since certificates are renewed without it, and logs it as an error.
/// </summary>
public sealed class NatsTlsException(string message, Exception? innerException = null) : NatsException(message, innerException);

/// <summary>The server sent something that is not NATS; the message quotes it. The connection is closed and restored.</summary>
public sealed class NatsProtocolException(string message) : NatsException(message);

/// <summary>The server reported an error (<c>-ERR</c>).</summary>
public sealed class NatsServerException(string message) : NatsException(message);

/// <summary>The user of the connection is not allowed to do it; the message names the subject. The connection stays open.</summary>
public sealed class NatsPermissionException(string message) : NatsException(message);

/// <summary>A request had no reply in time.</summary>
public sealed class NatsTimeoutException(string message) : NatsException(message);

/// <summary>Nobody subscribes to the subject of a request.</summary>
public sealed class NatsNoRespondersException(string message) : NatsException(message);

/// <summary>Headers and payload together exceed the server's <c>max_payload</c>.</summary>
/// <param name="size">The size of headers and payload, in bytes.</param>
/// <param name="limit">The server's <c>max_payload</c>, in bytes.</param>
public sealed class NatsPayloadTooLargeException(long size, long limit)
    : NatsException($"The message has {size:N0} bytes and the server accepts {limit:N0} (max_payload). Send less, send a reference to the data, or raise max_payload on the server.")
{
    /// <summary>The size of headers and payload, in bytes.</summary>
    public long Size { get; } = size;

    /// <summary>The server's <c>max_payload</c>, in bytes.</summary>
    public long Limit { get; } = limit;
}
