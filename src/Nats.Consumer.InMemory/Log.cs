using Microsoft.Extensions.Logging;

namespace Nats.Consumer.InMemory;

/// <summary>What the in-memory server logs. Event ids 4000 to 4099.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Error, "A message sink threw; the message is lost to it.")]
    public static partial void SinkFailed(ILogger logger, Exception exception);

    [LoggerMessage(4001, LogLevel.Error, "A handler of connection events threw.")]
    public static partial void EventHandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(4002, LogLevel.Warning, "Consumer '{Consumer}' of stream '{Stream}' got a NAK with a delay that cannot be read: '{Delay}'. It counts as one without a delay.")]
    public static partial void BadNakDelay(ILogger logger, string stream, string consumer, string delay);
}
