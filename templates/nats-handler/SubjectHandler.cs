//#if (!hasImplicitUsings)
using System.Threading;
using System.Threading.Tasks;
//#endif
//#if (!hasHostUsings)
using Microsoft.Extensions.Logging;
//#endif
using Nats.Consumer;

namespace ROOT_NAMESPACE;

//#if (hasRecord)
/// <summary>The payload, read from JSON.</summary>
public sealed record PayloadType(string Id);

//#endif
/// <summary>Is made for each message; its constructor takes what is registered.</summary>
public sealed partial class SubjectHandler(ILogger<SubjectHandler> logger) : ConsumerHandler
{
    // To return is to acknowledge. What throws is tried again, and given up after the consumer's last attempt.
    [Handle("SUBJECT")]
//#if (hasPayload)
    public Task HandleAsync(PayloadType payload, MessageContext message, CancellationToken cancellationToken)
//#else
    public Task HandleAsync(MessageContext message, CancellationToken cancellationToken)
//#endif
    {
        LogHandled(message.Subject, message.StreamSequence);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Handled {Subject}, number {Sequence} of the stream.")]
    private partial void LogHandled(string subject, ulong sequence);
}
