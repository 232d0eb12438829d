namespace Payments;

public interface IGateway
{
    Task<bool> ChargeAsync(decimal amount, CancellationToken cancellationToken = default);
}

public sealed class PaymentHandler(IGateway gateway) : ConsumerHandler
{
    [Handle("payments.{id}.requested")]
    public async ValueTask<Outcome> OnRequestedAsync(Guid id, decimal amount, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            return await gateway.ChargeAsync(amount, timeout.Token) ? Outcome.Ack : Outcome.DeadLetter($"{id} was refused.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Outcome.RetryAfter(TimeSpan.FromSeconds(30));
        }
    }
}
