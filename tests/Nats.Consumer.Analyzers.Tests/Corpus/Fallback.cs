using Microsoft.Extensions.Logging;

namespace Legacy;

public sealed class LegacyConsumer : PullConsumer
{
    public override string StreamName => "legacy";

    public override IReadOnlyList<string> Subjects => ["legacy.>", "archive.>"];

    public override IReadOnlyList<Type> Handlers => [typeof(LegacyHandler)];
}

public sealed class LegacyHandler(ILogger<LegacyHandler> logger) : ConsumerHandler
{
    [Handle("legacy.import")]
    public Task OnImportAsync(byte[] file) => Task.CompletedTask;

    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken)
    {
        logger.LogWarning("Nobody takes {Subject}: {Reason}", message.Subject, reason);
        return reason switch
        {
            FallbackReason.NoHandler => ValueTask.FromResult(Outcome.Drop("nobody wants it")),
            FallbackReason.TokenMismatch => ValueTask.FromResult(Outcome.DeadLetter("a malformed subject")),
            _ => ValueTask.FromResult(Outcome.Retry),
        };
    }
}

public sealed class CatchAll : ConsumerHandler
{
    protected override async ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync(message.Subject.AsMemory(), cancellationToken);
        return Outcome.Ack;
    }
}
