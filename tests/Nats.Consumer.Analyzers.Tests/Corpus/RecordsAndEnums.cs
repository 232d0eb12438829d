namespace Shop.Payments;

public enum PaymentState
{
    Authorized,
    Captured,
    Refunded,
}

public sealed record Money(decimal Amount, string Currency)
{
    public static Money operator +(Money a, Money b) => a.Currency == b.Currency ? a with { Amount = a.Amount + b.Amount } : throw new InvalidOperationException("Currencies differ.");
}

public abstract record PaymentEvent(Guid PaymentId, PaymentState State);

public sealed record PaymentCaptured(Guid PaymentId, Money Amount) : PaymentEvent(PaymentId, PaymentState.Captured);

public sealed class PaymentHandler : ConsumerHandler
{
    private readonly Dictionary<Guid, Money> _captured = [];

    [Handle("payments.captured")]
    public ValueTask OnCapturedAsync(PaymentCaptured payment)
    {
        _captured[payment.PaymentId] = _captured.TryGetValue(payment.PaymentId, out Money? earlier) ? earlier + payment.Amount : payment.Amount;
        return ValueTask.CompletedTask;
    }

    [Handle("payments.*.refunded")]
    public ValueTask<Outcome> OnRefundedAsync(PaymentCaptured? payment) =>
        payment is null ? ValueTask.FromResult(Outcome.Drop("an empty refund")) : ValueTask.FromResult(Outcome.Ack);
}
