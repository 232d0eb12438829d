using Microsoft.Extensions.Logging;

namespace Nats.Consumer.Client;

/// <summary>What the client logs. Event ids 1000 to 1099. No credential is ever a parameter.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Connected to {Server} (nats-server {Version}).")]
    public static partial void Connected(ILogger logger, string server, string version);

    [LoggerMessage(1001, LogLevel.Warning, "Lost the connection to {Server}: {Reason} Reconnecting.")]
    public static partial void Disconnected(ILogger logger, string server, string reason);

    [LoggerMessage(1002, LogLevel.Information, "Connected again to {Server} (nats-server {Version}) after {Seconds:0.00} s; {Expired} queued messages had expired.")]
    public static partial void Reconnected(ILogger logger, string server, string version, double seconds, int expired);

    [LoggerMessage(1003, LogLevel.Debug, "Cannot reconnect yet: {Reason}")]
    public static partial void CannotReconnect(ILogger logger, string reason);

    [LoggerMessage(1004, LogLevel.Error, "The connection is closed for good: {Reason}")]
    public static partial void Closed(ILogger logger, string reason);

    [LoggerMessage(1005, LogLevel.Error, "The server reports an error: '{Error}'.")]
    public static partial void ServerError(ILogger logger, string error);

    [LoggerMessage(1006, LogLevel.Error, "A message sink threw; the message is lost to it.")]
    public static partial void SinkFailed(ILogger logger, Exception exception);

    [LoggerMessage(1008, LogLevel.Information, "{Server} is about to go (lame-duck mode).")]
    public static partial void LameDuck(ILogger logger, string server);

    [LoggerMessage(1007, LogLevel.Error, "A handler of connection events threw.")]
    public static partial void EventHandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(1020, LogLevel.Warning, "The certificate of {Server} is NOT verified (InsecureSkipServerVerification): anybody in between can read and change everything.")]
    public static partial void ServerNotVerified(ILogger logger, string server);

    [LoggerMessage(1021, LogLevel.Error, "Cannot reconnect, and will not before something is done about it: {Reason}")]
    public static partial void TlsFailed(ILogger logger, string reason);
}
