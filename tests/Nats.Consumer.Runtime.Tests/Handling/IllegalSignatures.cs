using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer.Tests.Handling;

/// <summary>Handlers that can never work, each in one way. Nested in a generic class, so that the catalogue of the whole test assembly does not find them.</summary>
/// <typeparam name="T">Anything.</typeparam>
[SuppressMessage("Performance", "CA1822", Justification = "Wrong on purpose.")]
internal static class Illegal<T>
{
    internal sealed class Static : ConsumerHandler
    {
        [Handle("a")]
        public static Task OnAsync() => Task.CompletedTask;
    }

    internal sealed class Generic : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync<TPayload>(TPayload payload) => Task.CompletedTask;
    }

    internal sealed class Void : ConsumerHandler
    {
        [Handle("a")]
        public void On()
        {
        }
    }

    internal sealed class AsyncVoid : ConsumerHandler
    {
        [Handle("a")]
        public async void On() => await Task.Yield();
    }

    internal sealed class TaskOfInt : ConsumerHandler
    {
        [Handle("a")]
        public Task<int> OnAsync() => Task.FromResult(1);
    }

    internal sealed class BareOutcome : ConsumerHandler
    {
        [Handle("a")]
        public Outcome On() => Outcome.Ack;
    }

    internal sealed class TwoPayloads : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnAsync(string order, Guid orderId) => Task.CompletedTask;
    }

    internal sealed class ByRef : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(ref string payload) => Task.CompletedTask;
    }

    internal sealed class ByIn : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(in MessageContext message) => Task.CompletedTask;
    }

    internal sealed class ByOut : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(out string payload)
        {
            payload = "";
            return Task.CompletedTask;
        }
    }

    internal sealed class OnlyByRefLike : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(ReadOnlySpan<byte> payload) => Task.CompletedTask;
    }

    internal sealed class TwoContexts : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(MessageContext one, MessageContext other) => Task.CompletedTask;
    }

    internal sealed class TwoCancellations : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(CancellationToken one, CancellationToken other) => Task.CompletedTask;
    }

    internal sealed class Unparsable : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnAsync(Uri id) => Task.CompletedTask;
    }

    internal sealed class UnparsableEnum : ConsumerHandler
    {
        [Handle("a.{day}")]
        public Task OnAsync(DayOfWeek day) => Task.CompletedTask;
    }

    internal sealed class UnparsableNullable : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnAsync(Guid? id) => Task.CompletedTask;
    }

    internal sealed class UnparsableDerived : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnAsync(ParsableByItsBaseOnly id) => Task.CompletedTask;
    }

    internal sealed class MissingInOne : ConsumerHandler
    {
        [Handle("a.{id}", "b.*")]
        public Task OnAsync(string id) => Task.CompletedTask;
    }

    internal sealed class BadPattern : ConsumerHandler
    {
        [Handle("a.>.b")]
        public Task OnAsync() => Task.CompletedTask;
    }

    internal sealed class NoSubject : ConsumerHandler
    {
        [Handle]
        public Task OnAsync() => Task.CompletedTask;
    }

    internal sealed class Duplicate : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnFirstAsync() => Task.CompletedTask;

        [Handle("b", "a.*")]
        public Task OnSecondAsync() => Task.CompletedTask;
    }

    internal class Restated : ConsumerHandler
    {
        [Handle("a")]
        public virtual Task OnAsync() => Task.CompletedTask;
    }

    internal sealed class Restates : Restated
    {
        [Handle("a")]
        public override Task OnAsync() => Task.CompletedTask;
    }

    internal sealed class TwoAttributes : ConsumerHandler
    {
        [Handle("a")]
        [Handle("b", "a")]
        public Task OnAsync() => Task.CompletedTask;
    }

    internal sealed class Nothing : ConsumerHandler
    {
        public Task OnAsync() => Task.CompletedTask;
    }
}

internal class ParsableBase : ISpanParsable<ParsableBase>
{
    public static ParsableBase Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => new();

    public static ParsableBase Parse(string s, IFormatProvider? provider) => new();

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ParsableBase result) => (result = new()) is not null;

    public static bool TryParse(string? s, IFormatProvider? provider, out ParsableBase result) => (result = new()) is not null;
}

internal sealed class ParsableByItsBaseOnly : ParsableBase;
