using static Nats.Consumer.Outcome;
namespace Payments;
public enum Status { Paid, Pending, Broken }
public readonly record struct Payment(Guid Id, Status Status, decimal Amount);
public sealed class PaymentHandler(Func<Payment, CancellationToken, ValueTask<bool>> book) : ConsumerHandler
{
    [Handle("payments.{id}.changed")]
    public async ValueTask<Outcome> OnChangedAsync(Guid id, Payment payment, CancellationToken cancellationToken) => payment switch
    {
        { Status: Status.Broken } => DeadLetter(reason: $"{id} is broken"),
        { Amount: <= 0 } => Drop("nothing to pay"),
        { Status: Status.Pending } => RetryAfter(TimeSpan.FromMinutes(1)),
        _ when await book(payment, cancellationToken) => Ack,
        _ => Retry,
    };
    [Handle("payments.{id}.settled")]
    public async Task<Outcome> OnSettledAsync(Guid id, MessageContext message, CancellationToken cancellationToken)
    {
        if (id == Guid.Empty)
        {
            await message.TermAsync("no id", cancellationToken);
            return Ack;
        }
        return await book(default, cancellationToken) ? Ack : Retry;
    }
}
