using Microsoft.Extensions.Logging;

namespace Nats.Consumer.NatsNet;

/// <summary>What the adapter logs. Event ids 1100 to 1199; what NATS.Net itself logs is its own.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Information, "Connected by NATS.Net (nats-server {Version}).")]
    public static partial void Connected(ILogger logger, string version);

    [LoggerMessage(1101, LogLevel.Warning, "NATS.Net lost the connection to {Server}; it is reconnecting.")]
    public static partial void Disconnected(ILogger logger, string server);

    [LoggerMessage(1102, LogLevel.Information, "Connected again by NATS.Net (nats-server {Version}) after {Seconds:0.00} s; {Expired} queued messages had expired.")]
    public static partial void Reconnected(ILogger logger, string version, double seconds, int expired);

    [LoggerMessage(1104, LogLevel.Error, "The connection is closed for good: {Reason}")]
    public static partial void Closed(ILogger logger, string reason);

    [LoggerMessage(1105, LogLevel.Error, "The server reports an error: '{Error}'.")]
    public static partial void ServerError(ILogger logger, string error);

    [LoggerMessage(1106, LogLevel.Error, "A message sink threw; the message is lost to it.")]
    public static partial void SinkFailed(ILogger logger, Exception exception);

    [LoggerMessage(1107, LogLevel.Error, "A handler of connection events threw.")]
    public static partial void EventHandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(1108, LogLevel.Information, "{Server} is about to go (lame-duck mode). NATS.Net stays until it closes the connection.")]
    public static partial void LameDuck(ILogger logger, string server);

    [LoggerMessage(1109, LogLevel.Error, "A message to '{Subject}' that was queued while the connection was away could not be sent: {Reason}")]
    public static partial void QueuedMessageLost(ILogger logger, string subject, string reason);
}
