using Nats.Consumer;

namespace ROOT_NAMESPACE.Handlers;

/// <summary>The payload, read from JSON: {"id":"…","at":"…"}.</summary>
public sealed record PayloadRecord(string Id, DateTimeOffset At);

/// <summary>Is made for each message; its constructor takes what is registered in Program.cs.</summary>
public sealed partial class SampleHandler(ILogger<SampleHandler> logger) : ConsumerHandler
{
    // To return is to acknowledge. What throws is tried again, and given up after the consumer's last attempt.
    [Handle("SAMPLE_SUBJECT")]
    public Task OnVerbAsync(PayloadRecord payload, MessageContext message, CancellationToken cancellationToken)
    {
        LogHandled(message.Subject, payload.Id, payload.At);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Handled {Subject}: {Id} of {At}.")]
    private partial void LogHandled(string subject, string id, DateTimeOffset at);
}
