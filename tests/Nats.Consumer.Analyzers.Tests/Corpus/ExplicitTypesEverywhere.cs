namespace Explicit;

public class ReturnRequested
{
    public ReturnRequested(Guid orderId, IReadOnlyCollection<string> reasons)
    {
        this.OrderId = orderId;
        this.Reasons = reasons;
    }

    public Guid OrderId { get; }

    public IReadOnlyCollection<string> Reasons { get; }
}

public class ReturnsHandler : Nats.Consumer.ConsumerHandler
{
    private readonly System.Collections.Generic.IDictionary<System.Guid, int> returns;

    public ReturnsHandler()
        : this(new System.Collections.Generic.Dictionary<System.Guid, int>())
    {
    }

    internal ReturnsHandler(System.Collections.Generic.IDictionary<System.Guid, int> returns) => this.returns = returns;

    [Nats.Consumer.Handle("returns.requested")]
    public System.Threading.Tasks.Task<Nats.Consumer.Outcome> OnRequestedAsync(ReturnRequested request, Nats.Consumer.MessageContext message)
    {
        this.returns.TryGetValue(request.OrderId, out int count);
        this.returns[request.OrderId] = count + 1;
        return System.Threading.Tasks.Task.FromResult(count > 3 ? Nats.Consumer.Outcome.DeadLetter("too many returns") : Nats.Consumer.Outcome.Ack);
    }
}
