namespace Nats.Consumer.Telemetry;

/// <summary>Names of tags: those of OpenTelemetry's conventions for messaging, and our own where these have none.</summary>
internal static class Tags
{
    public const string System = "messaging.system";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string Pattern = "messaging.destination.template";
    public const string Group = "messaging.consumer.group.name";
    public const string ErrorType = "error.type";
    public const string Stream = "nats.stream";
    public const string Consumer = "nats.consumer";
    public const string Outcome = "nats.outcome";
    public const string Sequence = "nats.stream_sequence";
    public const string BatchSize = "messaging.batch.message_count";
    public const string Connection = "nats.connection";
    public const string Attempt = "nats.attempt";

    public const string Nats = "nats";
}
