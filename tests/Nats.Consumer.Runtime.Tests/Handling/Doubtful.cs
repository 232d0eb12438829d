namespace Nats.Consumer.Tests.Handling;

/// <summary>Handlers with services and fallbacks. Nested in a generic class, so that the catalogue of the whole test assembly does not find them.</summary>
/// <typeparam name="T">Anything.</typeparam>
internal static class Doubtful<T>
{
    internal sealed class Unit;

    internal sealed class First(List<object> made, Unit unit) : ConsumerHandler
    {
        [Handle(">")]
        public Task OnAsync(MessageContext message)
        {
            made.Add(unit);
            made.Add(message.Services.GetService(typeof(Unit))!);
            return Task.CompletedTask;
        }
    }

    internal sealed class Second(List<object> made, Unit unit) : ConsumerHandler
    {
        [Handle(">")]
        public Task OnAsync()
        {
            made.Add(unit);
            return Task.CompletedTask;
        }
    }

    internal sealed class Uncommitted : IDisposable
    {
        public int Writes { get; set; }

        public void Dispose() => throw new InvalidOperationException("cannot commit");
    }

    internal sealed class Commits(Uncommitted unit) : ConsumerHandler
    {
        [Handle(">")]
        public Task OnAsync()
        {
            unit.Writes++;
            return Task.CompletedTask;
        }
    }

    internal sealed class WithFallback : ConsumerHandler
    {
        public List<FallbackReason> Reasons { get; } = [];

        [Handle("orders.{id}")]
        public Task OnAsync(Guid id) => throw new InvalidOperationException($"Never called with {id}, nor {Reasons.Count}.");

        protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken)
        {
            Reasons.Add(reason);
            return ValueTask.FromResult(Outcome.Ack);
        }
    }
}
