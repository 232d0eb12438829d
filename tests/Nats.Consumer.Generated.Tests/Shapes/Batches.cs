namespace Nats.Consumer.Tests.Shapes;

public sealed class Batches : ConsumerHandler
{
    [Handle("batch.values")]
    public Task OnValuesAsync(IReadOnlyList<Message<Order>> orders) => Seen.Now(orders.Select(order => order.Value));

    [Handle("batch.numbers")]
    public async Task<IReadOnlyList<Outcome>> OnNumbersAsync(CancellationToken cancellationToken, IReadOnlyList<Message<int>> numbers)
    {
        await Seen.Now(cancellationToken, numbers.Select(number => number.Value));
        return [.. numbers.Select(_ => Outcome.Retry)];
    }

    [Handle("batch.raw")]
    public async ValueTask<IReadOnlyList<Outcome>> OnRawAsync(IReadOnlyList<MessageContext> messages)
    {
        await Seen.Now(messages);
        return [.. messages.Select(_ => Outcome.Drop("raw"))];
    }

    [Handle("batch.quiet")]
    private ValueTask OnQuietAsync(IReadOnlyList<Message<string?>> texts) => new(Seen.Now(texts.Select(text => text.Value)));

    [Handle("batch.one")]
    public Task OnOneAsync(IReadOnlyList<Order> payload) => Seen.Now(payload);
}

public static class IllegalBatches
{
    public sealed class BesideAMessage : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(IReadOnlyList<Message<int>> numbers, MessageContext message) => Task.CompletedTask;
    }

    public sealed class Twice : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(IReadOnlyList<Message<int>> numbers, IReadOnlyList<MessageContext> messages) => Task.CompletedTask;
    }

    public sealed class OneOutcome : ConsumerHandler
    {
        [Handle("a")]
        public Task<Outcome> OnAsync(IReadOnlyList<Message<int>> numbers) => Task.FromResult(Outcome.Ack);
    }
}
