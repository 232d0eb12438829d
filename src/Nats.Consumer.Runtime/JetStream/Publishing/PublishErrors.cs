using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>Why there is no confirmation, in words.</summary>
internal static class PublishErrors
{
    public static JetStreamException NoStream(string subject) => new(
        $"No stream captures '{subject}', so the message was not stored. Add the subject to a stream, or check that JetStream is on (nats-server -js).");

    public static JetStreamTimeoutException TimedOut(string subject, TimeSpan timeout) => new(
        $"No stream confirmed the message to '{subject}' within {timeout.TotalSeconds:0.#} s. It may have been stored; a message id makes it safe to try again.");

    public static JetStreamPermissionException NotPermitted(string subject) => new(
        $"The user of this connection may not publish to '{subject}', so the message was not stored. Allow it in the server's permissions.");

    public static NatsConnectionException Disconnected(string subject) => new(
        $"The connection was lost before the message to '{subject}' was confirmed. It may have been stored; a message id makes it safe to try again.");

    public static NatsConnectionException Away(string subject, TimeSpan outage) => new(
        $"The connection was away for longer than {outage.TotalSeconds:0.#} s, and the message to '{subject}' is not confirmed. It may have been stored.");

    public static NatsConnectionException Closed(string subject) => new(
        $"The connection or the window was closed before the message to '{subject}' was confirmed. It may have been stored. Await FlushAsync before closing.");

    public static JetStreamException NotAStream(string subject) => new(
        $"The answer to the message to '{subject}' is not from a stream. Somebody else who subscribes to the subject replies to it.");

    public static JetStreamApiException Refused(string subject, int code, int errorCode, string description) => new(
        code, errorCode, description, $"Publishing to '{subject}'", errorCode == JetStreamErrorCodes.MessageTimeToLiveDisabled ? " Set AllowMessageTimeToLive for the stream." : "");
}
