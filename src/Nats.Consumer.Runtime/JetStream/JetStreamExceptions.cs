using Nats.Consumer.Client;

namespace Nats.Consumer;

/// <summary>JetStream could not do what was asked.</summary>
public class JetStreamException(string message, Exception? innerException = null) : NatsException(message, innerException);

/// <summary>The server refused a JetStream request.</summary>
public sealed class JetStreamApiException : JetStreamException
{
    internal JetStreamApiException(int code, int errorCode, string description, string what, string remedy = "")
        : base($"{what}: the server refused ({code}, error {errorCode}): {description}.{remedy}")
    {
        Code = code;
        ErrorCode = errorCode;
        Description = description;
    }

    /// <summary>The class of error, as in HTTP: 400, 404, 500, 503.</summary>
    public int Code { get; }

    /// <summary>The server's error number, such as 10058.</summary>
    public int ErrorCode { get; }

    /// <summary>The server's own words.</summary>
    public string Description { get; }

    /// <summary>An expected sequence is not the last one any more: somebody else has published in between. Read again, decide again, publish again.</summary>
    public bool IsWrongLastSequence => ErrorCode is JetStream.JetStreamErrorCodes.WrongLastSequence or JetStream.JetStreamErrorCodes.WrongLastSequenceConstant;
}

/// <summary>JetStream did not answer in time. It may answer later: a cluster without a leader, or an overloaded server.</summary>
public sealed class JetStreamTimeoutException(string message) : JetStreamException(message);

/// <summary>The user may not do it: the server refuses the message without an answer. The text names the subject.</summary>
public sealed class JetStreamPermissionException(string message) : JetStreamException(message);

/// <summary>JetStream is off, for the server or for the account.</summary>
public sealed class JetStreamNotEnabledException(string message) : JetStreamException(message);
