using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Nats.Consumer.Tests.Handling;

/// <summary>Handlers of every legal signature. They are nested in a generic class, so that the catalogue of the whole test assembly does not find them.</summary>
/// <typeparam name="T">Anything.</typeparam>
[SuppressMessage("Performance", "CA1822", Justification = "Handlers are instance methods, whether they use the instance or not.")]
[SuppressMessage("Design", "CA1068", Justification = "Any order is legal.")]
internal static class Signatures<T>
{
    internal sealed record Order(int Number);

    internal sealed class All : ConsumerHandler
    {
        public string? Seen { get; private set; }

        [Handle("none")]
        public Task OnNothingAsync() => SeeAsync("none");

        [Handle("payload")]
        public Task OnPayloadAsync(Order order) => SeeAsync($"order {order.Number}");

        [Handle("message")]
        public Task OnMessageAsync(MessageContext message) => SeeAsync($"message {message.Subject}");

        [Handle("token")]
        public Task OnTokenAsync(CancellationToken cancellationToken) => SeeAsync($"cancelled {cancellationToken.IsCancellationRequested}");

        [Handle("bytes")]
        public Task OnBytesAsync(byte[] payload) => SeeAsync(Encoding.UTF8.GetString(payload));

        [Handle("memory")]
        public Task OnMemoryAsync(ReadOnlyMemory<byte> payload) => SeeAsync(Encoding.UTF8.GetString(payload.Span));

        [Handle("text.{id}")]
        public Task OnTextAsync(string id) => SeeAsync(id);

        [Handle("guid.{id}")]
        public Task OnGuidAsync(Guid id) => SeeAsync($"{id}");

        [Handle("int.{id}")]
        public Task OnIntAsync(int id) => SeeAsync(id.ToString(CultureInfo.InvariantCulture));

        [Handle("long.{id}")]
        public Task OnLongAsync(long id) => SeeAsync(id.ToString(CultureInfo.InvariantCulture));

        [Handle("day.{day}")]
        public Task OnDayAsync(DateOnly day) => SeeAsync(day.ToString("O", CultureInfo.InvariantCulture));

        [Handle("decimal.{amount}")]
        public Task OnDecimalAsync(decimal amount) => SeeAsync(amount.ToString(CultureInfo.InvariantCulture));

        [Handle("keyword.{event}")]
        public Task OnKeywordAsync(string @event) => SeeAsync(@event);

        [Handle("two.{number}.b.{id}")]
        public Task OnTwoAsync(Guid id, int number) => SeeAsync($"{id} {number}");

        [Handle("mixed1.{id}")]
        public Task OnMixedAsync(CancellationToken cancellationToken, Order order, int id, MessageContext message) => SeeAsync($"{id} {order.Number} {message.Subject}");

        [Handle("mixed2.{id}")]
        public Task OnMixedToo(int id, MessageContext message, CancellationToken cancellationToken, Order order) => SeeAsync($"{id} {order.Number} {message.Subject}");

        [Handle("first.{id}.*", "second.*.{id}")]
        [Handle("third.{id}")]
        public Task OnSeveralAsync(string id) => SeeAsync(id);

        [Handle("unbound.{id}")]
        public Task OnUnboundAsync() => SeeAsync("unbound");

        private Task SeeAsync(string what)
        {
            Seen = what;
            return Task.CompletedTask;
        }
    }

    internal sealed class Returns : ConsumerHandler
    {
        [Handle("task")]
        public Task OnTaskAsync() => Task.CompletedTask;

        [Handle("task.later")]
        public async Task OnTaskLaterAsync() => await Task.Yield();

        [Handle("valuetask")]
        public ValueTask OnValueTaskAsync() => default;

        [Handle("valuetask.later")]
        public async ValueTask OnValueTaskLaterAsync() => await Task.Yield();

        [Handle("outcome")]
        public Task<Outcome> OnOutcomeAsync() => Task.FromResult(Outcome.Retry);

        [Handle("outcome.later")]
        public async Task<Outcome> OnOutcomeLaterAsync()
        {
            await Task.Yield();
            return Outcome.Retry;
        }

        [Handle("value.outcome")]
        public ValueTask<Outcome> OnValueOutcomeAsync() => ValueTask.FromResult(Outcome.Retry);

        [Handle("value.outcome.later")]
        public async ValueTask<Outcome> OnValueOutcomeLaterAsync()
        {
            await Task.Yield();
            return Outcome.Retry;
        }

        [Handle("throws")]
        public Task OnThrowAsync() => throw new FormatException("thrown at once");

        [Handle("throws.later")]
        public async Task OnThrowLaterAsync()
        {
            await Task.Yield();
            throw new FormatException("thrown later");
        }
    }

    internal abstract class Base : ConsumerHandler
    {
        public List<string> Calls { get; } = [];

        [Handle("base.public")]
        public Task OnPublicAsync() => CallAsync("public");

        [Handle("base.virtual")]
        public virtual Task OnVirtualAsync() => CallAsync("base");

        [Handle("base.more")]
        public virtual Task OnMoreAsync() => CallAsync("base");

        [Handle("base.abstract")]
        public abstract Task OnAbstractAsync();

        protected Task CallAsync(string name)
        {
            Calls.Add(name);
            return Task.CompletedTask;
        }

        [Handle("base.private")]
        private Task OnPrivateAsync() => CallAsync("private");
    }

    internal sealed class Derived : Base
    {
        public override Task OnVirtualAsync() => CallAsync("derived");

        [Handle("derived.more")]
        public override Task OnMoreAsync() => CallAsync("derived");

        public override Task OnAbstractAsync() => CallAsync("abstract");

        [Handle("derived.protected")]
        internal Task OnInternalAsync() => CallAsync("internal");

        [Handle("derived.private")]
        private Task OnPrivateAsync() => CallAsync("derived private");
    }

    internal sealed class FallbackOnly : ConsumerHandler
    {
        protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Outcome.Ack);
    }

    internal abstract class WithFallback : ConsumerHandler
    {
        protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Outcome.Ack);
    }

    internal sealed class InheritsFallback : WithFallback
    {
        [Handle("a")]
        public Task OnAsync() => Task.CompletedTask;
    }
}
