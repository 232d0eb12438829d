namespace Timeouts;

public sealed class ImpatientHandler(TimeProvider time) : ConsumerHandler
{
    [Handle("timeouts.linked")]
    public async Task<Outcome> OnLinkedAsync(MessageContext message, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await Task.Delay(Timeout.Infinite, linked.Token);
            return Outcome.Ack;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Outcome.RetryAfter(TimeSpan.FromSeconds(10));
        }
    }

    [Handle("timeouts.wait")]
    public async Task OnWaitAsync(CancellationToken cancellationToken) =>
        await Task.Run(() => 42, cancellationToken).WaitAsync(TimeSpan.FromSeconds(1), time, cancellationToken);
}
