using Microsoft.Extensions.Logging;

namespace Nats.Consumer;

/// <summary>What the runtime logs. Event ids 2000 to 2199.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "{Consumer} consumes stream '{Stream}' as '{Durable}' ({Filter}).")]
    public static partial void Consuming(ILogger logger, string consumer, string stream, string durable, string filter);

    [LoggerMessage(2001, LogLevel.Information, "{Consumer} stopped: {Finished} finished, {HandedBack} handed back, {Abandoned} abandoned.")]
    public static partial void Stopped(ILogger logger, string consumer, long finished, long handedBack, long abandoned);

    [LoggerMessage(2002, LogLevel.Critical, "The worker cannot start: {Reason}")]
    public static partial void CannotStart(ILogger logger, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "{Reason} Start a server (nats-server -js; docker run -p 4222:4222 nats -js), or point {Setting} at one. Trying again until it answers.")]
    public static partial void NoServer(ILogger logger, string reason, string setting);

    [LoggerMessage(2004, LogLevel.Information, "{Change}")]
    public static partial void StreamChanged(ILogger logger, string change);

    [LoggerMessage(2005, LogLevel.Information, "Consumer '{Durable}' of stream '{Stream}' {Change}.")]
    public static partial void ConsumerChanged(ILogger logger, string durable, string stream, string change);

    [LoggerMessage(2006, LogLevel.Warning, "{Consumer}: {Problem}")]
    public static partial void ConsumerWarning(ILogger logger, string consumer, string problem);

    [LoggerMessage(2007, LogLevel.Critical, "The worker cannot go on: {Reason}")]
    public static partial void CannotGoOn(ILogger logger, string reason);

    [LoggerMessage(2010, LogLevel.Debug, "A pull of '{Durable}' ended: {Code} '{Text}'.")]
    public static partial void PullEnded(ILogger logger, string durable, int code, string text);

    [LoggerMessage(2011, LogLevel.Warning, "Looking at consumer '{Durable}' of stream '{Stream}': {Complaint}.")]
    public static partial void CheckingConsumer(ILogger logger, string durable, string stream, string complaint);

    [LoggerMessage(2012, LogLevel.Error, "Consumer '{Durable}' of stream '{Stream}' does not deliver and cannot be restored yet: {Reason}")]
    public static partial void CannotRecover(ILogger logger, string durable, string stream, string reason);

    [LoggerMessage(2014, LogLevel.Warning, "Consumer '{Durable}' of stream '{Stream}' was deleted. Its successor starts from its deliver policy ({Policy}), so that messages which were handled may come again.")]
    public static partial void ConsumerStartsOver(ILogger logger, string durable, string stream, DeliverPolicy policy);

    [LoggerMessage(2013, LogLevel.Error, "A message to '{Subject}' came that is no JetStream delivery (reply subject '{ReplyTo}'); it is ignored.")]
    public static partial void NotADelivery(ILogger logger, string subject, string replyTo);

    [LoggerMessage(2020, LogLevel.Warning, "Attempt {Attempt} of {Attempts} at message {Sequence} ('{Subject}') of stream '{Stream}' failed; next in {Delay}.")]
    public static partial void Retrying(ILogger logger, Exception? exception, int attempt, int attempts, ulong sequence, string subject, string stream, TimeSpan delay);

    [LoggerMessage(2021, LogLevel.Error, "Message {Sequence} ('{Subject}') of stream '{Stream}' is exhausted after {Deliveries} deliveries: {Behavior}.")]
    public static partial void Exhausted(ILogger logger, Exception? exception, ulong sequence, string subject, string stream, int deliveries, ErrorAckBehavior behavior);

    [LoggerMessage(2022, LogLevel.Warning, "Message {Sequence} ('{Subject}') of stream '{Stream}' is a dead letter in '{DeadLetterStream}': {Reason}")]
    public static partial void DeadLettered(ILogger logger, ulong sequence, string subject, string stream, string deadLetterStream, string reason);

    [LoggerMessage(2023, LogLevel.Error, "Message {Sequence} of stream '{Stream}' could not be stored as a dead letter; it is tried again in {Delay}. Nothing is lost.")]
    public static partial void DeadLetterFailed(ILogger logger, Exception exception, ulong sequence, string stream, TimeSpan delay);

    [LoggerMessage(2053, LogLevel.Warning, "Message {Sequence} ('{Subject}') of stream '{Stream}' was delivered {Deliveries} times, and {Attempts} attempts are allowed: it or another one may have brought the worker down. It is tried alone.")]
    public static partial void Suspect(ILogger logger, ulong sequence, string subject, string stream, int deliveries, int attempts);

    [LoggerMessage(2054, LogLevel.Warning, "Message {Sequence} of stream '{Stream}' is to be tried alone and cannot be now; it is tried again in {Delay}: {Reason}")]
    public static partial void SuspectWaits(ILogger logger, ulong sequence, string stream, TimeSpan delay, string reason);

    [LoggerMessage(2055, LogLevel.Warning, "The note '{Note}' in stream '{Stream}', by which a message that brings the worker down would be known, could not be deleted yet: {Reason}")]
    public static partial void NoteStays(ILogger logger, string note, string stream, string reason);

    [LoggerMessage(2056, LogLevel.Warning, "There is no connection, and settlements wait for one. The worker ends when it is back and they are sent, or when they are worth nothing any more (in {Owed}), or at the deadline.")]
    public static partial void SettlementsWait(ILogger logger, TimeSpan owed);

    [LoggerMessage(2057, LogLevel.Error, "The server gave up on message {Sequence} of stream '{Stream}' after {Deliveries} deliveries, none of which was settled. OnExhausted keeps no copy.")]
    public static partial void GivenUp(ILogger logger, ulong sequence, string stream, int deliveries);

    [LoggerMessage(2058, LogLevel.Warning, "Consumer '{Durable}' of stream '{Stream}' was changed on the server: its ack wait was {Before} and is {After}, which counts from now on, until the worker starts again.")]
    public static partial void DeadlinesChanged(ILogger logger, string durable, string stream, string before, string after);

    [LoggerMessage(2024, LogLevel.Information, "Message {Sequence} ('{Subject}') of stream '{Stream}' is dropped: {Reason}")]
    public static partial void Dropped(ILogger logger, ulong sequence, string subject, string stream, string? reason);

    [LoggerMessage(2025, LogLevel.Warning, "Message {Sequence} of stream '{Stream}' was settled twice; the second time did nothing.")]
    public static partial void SettledTwice(ILogger logger, string stream, ulong sequence);

    [LoggerMessage(2026, LogLevel.Error, "HandleErrorAsync of {Consumer} threw for message {Sequence}; it is settled as if it had returned.")]
    public static partial void HandleErrorFailed(ILogger logger, Exception exception, string consumer, ulong sequence);

    [LoggerMessage(2027, LogLevel.Error, "HandleErrorAsync of {Consumer} did not settle message {Sequence}, although OnExhausted says that it does; it is dead-lettered.")]
    public static partial void HandleErrorDidNotSettle(ILogger logger, string consumer, ulong sequence);

    [LoggerMessage(2028, LogLevel.Error, "Message {Sequence} of stream '{Stream}' could not be settled; the server delivers it again after the ack wait.")]
    public static partial void SettlementFailed(ILogger logger, Exception exception, ulong sequence, string stream);

    [LoggerMessage(2029, LogLevel.Warning, "Message {Sequence} of stream '{Stream}' waited longer than its ack wait and is not started: the server delivers it again. Lower BatchSize or raise AckWait.")]
    public static partial void DeadlinePassed(ILogger logger, ulong sequence, string stream);

    [LoggerMessage(2030, LogLevel.Error, "A consumer loop of {Consumer} failed and goes on.")]
    public static partial void LoopFailed(ILogger logger, Exception exception, string consumer);

    [LoggerMessage(2031, LogLevel.Warning, "The last settlements may not have reached the server, which delivers these messages again: {Reason}")]
    public static partial void FlushFailed(ILogger logger, string reason);

    [LoggerMessage(2032, LogLevel.Warning, "Not ready yet, trying again: {Reason}")]
    public static partial void TryingAgain(ILogger logger, string reason);

    [LoggerMessage(2034, LogLevel.Warning, "Message {Sequence} of stream '{Stream}' has been in our hands for longer than MaxAckExtension ({Longest}); the server is not told any more that it is in progress, and will deliver it again. Its handler may be stuck.")]
    public static partial void NotExtendedAnyMore(ILogger logger, ulong sequence, string stream, TimeSpan longest);

    [LoggerMessage(2035, LogLevel.Error, "Message {Sequence} of stream '{Stream}' failed and could not be stored as a dead letter. It was acknowledged before (AtMostOnce), so it is lost.")]
    public static partial void DeadLetterLost(ILogger logger, Exception exception, ulong sequence, string stream);

    [LoggerMessage(2036, LogLevel.Warning, "The acknowledgement of message {Sequence} of stream '{Stream}' was not confirmed, so it is not handled now (AtMostOnce): {Reason}")]
    public static partial void NotConfirmed(ILogger logger, ulong sequence, string stream, string reason);

    [LoggerMessage(2037, LogLevel.Warning, "The server gave up on message {Sequence} of stream '{Stream}' after {Deliveries} deliveries that nobody settled; its copy is in '{DeadLetterStream}'.")]
    public static partial void Swept(ILogger logger, ulong sequence, string stream, int deliveries, string deadLetterStream);

    [LoggerMessage(2038, LogLevel.Warning, "A message that the server gave up on for consumer '{Durable}' of stream '{Stream}' could not be stored as a dead letter; trying again: {Reason}")]
    public static partial void SweepFailed(ILogger logger, string durable, string stream, string reason);

    [LoggerMessage(2050, LogLevel.Error, "{Count} messages that the server gave up on for consumer '{Durable}' of stream '{Stream}' could not be stored as dead letters before the worker ended. They are in the stream, and nobody gets them any more.")]
    public static partial void NotSwept(ILogger logger, string durable, string stream, int count);

    [LoggerMessage(2039, LogLevel.Debug, "Ordered consumer '{Name}' of stream '{Stream}' could not be deleted, the server does it later: {Reason}")]
    public static partial void OrderedLeftBehind(ILogger logger, string name, string stream, string reason);

    [LoggerMessage(2100, LogLevel.Information, "Uses the in-memory server '{Name}', which behaves as nats-server {Version}: nothing in it outlives this process.")]
    public static partial void InMemory(ILogger logger, string name, string version);

    [LoggerMessage(2101, LogLevel.Information, "{Meaning} What is logged has the application's names.")]
    public static partial void Prefixed(ILogger logger, string meaning);

    [LoggerMessage(2040, LogLevel.Warning, "Told to end a second time: handlers are aborted.")]
    public static partial void Aborting(ILogger logger);

    [LoggerMessage(2041, LogLevel.Warning, "Consumer '{Durable}' of stream '{Stream}' gets no messages: {AckPending} are unsettled, which is all that MaxAckPending allows, and {Pending} wait behind them. Most likely they wait for delayed retries: shorten the delays or raise MaxAckPending.")]
    public static partial void Saturated(ILogger logger, string durable, string stream, long ackPending, long pending);

    [LoggerMessage(2042, LogLevel.Error, "Liveness cannot be shown by {Where}: {Reason}")]
    public static partial void LivenessFailed(ILogger logger, string where, string reason);

    [LoggerMessage(2043, LogLevel.Error, "{Reason} Trying again until it can be connected with them.")]
    public static partial void NoCredentials(ILogger logger, string reason);

    [LoggerMessage(2033, LogLevel.Warning, "A handler failed with message {Sequence} ('{Subject}') of stream '{Stream}' after it had settled it; the settlement stands.")]
    public static partial void FailedAfterSettling(ILogger logger, Exception exception, ulong sequence, string subject, string stream);

    [LoggerMessage(2044, LogLevel.Information, "{Consumer}: {Setting} was {Before} and is {After} from now on.")]
    public static partial void SettingChanged(ILogger logger, string consumer, string setting, string before, string after);

    [LoggerMessage(2045, LogLevel.Warning, "{Consumer}: {Setting} was changed from {Before} to {After}, which counts from the next start on.")]
    public static partial void SettingWaits(ILogger logger, string consumer, string setting, string before, string after);

    [LoggerMessage(2046, LogLevel.Error, "{Consumer} goes on with the settings that it has, because the new ones cannot be used: {Reason}")]
    public static partial void SettingsRefused(ILogger logger, string consumer, string reason);

    [LoggerMessage(2047, LogLevel.Information, "An example of '{Subject}' was published: {Payload}")]
    public static partial void Example(ILogger logger, string subject, string payload);

    [LoggerMessage(2048, LogLevel.Information, "No example for {Method} was published: no token that comes to mind can be read as what a parameter of '{Pattern}' is. Publish one with the verb publish, or write one.")]
    public static partial void NoExample(ILogger logger, string method, string pattern);

    [LoggerMessage(2049, LogLevel.Warning, "An example of '{Subject}' could not be published: {Reason}")]
    public static partial void ExampleFailed(ILogger logger, string subject, string reason);

    [LoggerMessage(2060, LogLevel.Warning, "{Handler}: '{Subject}' and '{Other}' both map to {Method}(), which gets both. Consider dots in subjects, as in orders.created instead of orders-created.")]
    public static partial void Collision(ILogger logger, string handler, string subject, string other, string method);

    [LoggerMessage(2061, LogLevel.Information, "{Handler}: consider dots in place of other separators: {Subjects}.")]
    public static partial void NotDotted(ILogger logger, string handler, string subjects);

    [LoggerMessage(2062, LogLevel.Error, "{Handler} has no method {Method}(), which one of its subjects needs: its messages go to the fallback.")]
    public static partial void MethodMissing(ILogger logger, string handler, string method);

    [LoggerMessage(2063, LogLevel.Warning, "Message {Sequence} ('{Subject}') of stream '{Stream}' is not routed by {Handler} ({Reason}); it is tried again.")]
    public static partial void NotRouted(ILogger logger, ulong sequence, string subject, string stream, string handler, string reason);

    [LoggerMessage(2064, LogLevel.Information, "The demonstration is over: every example is settled.")]
    public static partial void Demonstrated(ILogger logger);

    [LoggerMessage(2065, LogLevel.Warning, "Message {Sequence} of stream '{Stream}' is not asked for again: its ack wait is over, and the server gives it to somebody by itself.")]
    public static partial void TooLateForNak(ILogger logger, ulong sequence, string stream);
}
