namespace Decisions;

public sealed record Invoice(string Number, decimal Total);

public sealed class InvoiceHandler(TimeProvider time) : ConsumerHandler
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    [Handle("invoices.issued")]
    public Task<Outcome> OnIssuedAsync(Invoice invoice, MessageContext message)
    {
        Outcome outcome = invoice switch
        {
            { Total: < 0 } => Outcome.DeadLetter("a negative invoice"),
            { Number: "" } => Outcome.Drop("no number"),
            _ when message.DeliveryCount < 2 => Outcome.RetryAfter(Pause),
            _ => Outcome.Ack,
        };
        return Task.FromResult(outcome);
    }

    [Handle("invoices.paid")]
    public async ValueTask<Outcome> OnPaidAsync(Invoice invoice, MessageContext message, CancellationToken ct)
    {
        if (time.GetUtcNow() - message.Timestamp > TimeSpan.FromDays(30))
            return Outcome.Drop("too old");
        await Task.Delay(1, ct);
        return await DecideAsync(invoice) ? Outcome.Ack : Outcome.Retry;
    }

    private static ValueTask<bool> DecideAsync(Invoice invoice) => new(invoice.Total > 0);
}
