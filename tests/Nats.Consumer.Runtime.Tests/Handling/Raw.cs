namespace Nats.Consumer.Tests.Handling;

/// <summary>Handlers of the raw lane. Nested in a generic class, so that the catalogue of the whole test assembly does not find them.</summary>
/// <typeparam name="T">Anything.</typeparam>
internal static class Raw<T>
{
    internal sealed class Handler : ConsumerHandler
    {
        public long Bytes { get; private set; }

        [Handle("orders.created")]
        public Task OnCreatedAsync(MessageContext message)
        {
            Bytes += message.Payload.Length;
            return Task.CompletedTask;
        }

        [Handle("orders.*")]
        public ValueTask OnOtherAsync(MessageContext message, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Bytes += message.Payload.Length;
            return default;
        }

        [Handle("orders.{id}.shipped")]
        public ValueTask<Outcome> OnShippedAsync(int id, MessageContext message)
        {
            Bytes += id == 42 ? message.Payload.Length : 0;
            return ValueTask.FromResult(Outcome.Ack);
        }
    }
}
