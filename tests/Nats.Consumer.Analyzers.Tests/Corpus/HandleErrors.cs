using Microsoft.Extensions.Logging;

namespace Errors;

public sealed class CarefulConsumer(ILogger<CarefulConsumer> logger, IJetStream jetStream) : PullConsumer
{
    public override string Name => "Careful one";

    public override string StreamName => "careful";

    public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.HandledByHandleError;

    protected override async ValueTask HandleErrorAsync(MessageContext message, Exception error, int deliveryCount, CancellationToken cancellationToken)
    {
        logger.LogError(error, "{Subject} failed {Count} times.", message.Subject, deliveryCount);
        await jetStream.PublishAsync("failures." + message.Stream, error.Message, cancellationToken: cancellationToken);
        if (error is TimeoutException)
            await message.NakAsync(TimeSpan.FromHours(1), cancellationToken);
        else
            await message.TermAsync(error.Message, cancellationToken);
    }
}

public sealed class CarefulHandler : ConsumerHandler
{
    [Handle("careful.work")]
    public async Task OnWorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(100, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await File.WriteAllTextAsync("interrupted", "", CancellationToken.None);
            throw;
        }
        finally
        {
            await Task.Delay(1, CancellationToken.None);
        }
    }
}
