using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer.Tests.Shapes;

public static class Illegal
{
    public sealed class Static : ConsumerHandler
    {
        [Handle("a")]
        public static Task OnAsync() => Task.CompletedTask;
    }

    public sealed class Generic : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync<TPayload>(TPayload payload) => Task.CompletedTask;
    }

    public sealed class Void : ConsumerHandler
    {
        [Handle("a")]
        public void On()
        {
        }
    }

    public sealed class AsyncVoid : ConsumerHandler
    {
        [Handle("a")]
        public async void On() => await Task.Yield();
    }

    public sealed class TaskOfInt : ConsumerHandler
    {
        [Handle("a")]
        public Task<int> OnAsync() => Task.FromResult(1);
    }

    public sealed class ReturnsMuch : ConsumerHandler
    {
        [Handle("a")]
        public Task<Dictionary<string, Outer.Inner<(int?, byte[,])>>> OnAsync() => throw new InvalidOperationException();
    }

    public sealed class ReturnsArrays : ConsumerHandler
    {
        [Handle("a")]
        public List<int>[][,] OnAsync() => [];
    }

    public sealed class ReturnsDynamic : ConsumerHandler
    {
        [Handle("a")]
        public dynamic OnAsync() => 1;
    }

    public sealed class BareOutcome : ConsumerHandler
    {
        [Handle("a")]
        public Outcome On() => Outcome.Ack;
    }

    public sealed class TwoPayloads : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnAsync(string order, Guid orderId) => Task.CompletedTask;
    }

    public sealed class ByRef : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(ref string payload) => Task.CompletedTask;
    }

    public sealed class ByIn : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(in MessageContext message) => Task.CompletedTask;
    }

    public sealed class ByOut : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(out string payload)
        {
            payload = "";
            return Task.CompletedTask;
        }
    }

    public sealed class ByRefReadonly : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(ref readonly CancellationToken cancellationToken) => Task.CompletedTask;
    }

    public sealed class OnlyByRefLike : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(ReadOnlySpan<byte> payload) => Task.CompletedTask;
    }

    public sealed class TwoContexts : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(MessageContext one, MessageContext other) => Task.CompletedTask;
    }

    public sealed class TwoCancellations : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(CancellationToken one, CancellationToken other) => Task.CompletedTask;
    }

    public sealed class Unparsable : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnAsync(Uri id) => Task.CompletedTask;
    }

    public sealed class UnparsableNullable : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnAsync(Guid? id) => Task.CompletedTask;
    }

    public sealed class UnparsableList : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnAsync(List<Order?> id) => Task.CompletedTask;
    }

    public sealed class UnparsableDerived : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnAsync(ParsableByItsBaseOnly id) => Task.CompletedTask;
    }

    public sealed class MissingInOne : ConsumerHandler
    {
        [Handle("a.{id}", "b.*")]
        public Task OnAsync(string id) => Task.CompletedTask;
    }

    public sealed class BadPattern : ConsumerHandler
    {
        [Handle("a.>.b")]
        public Task OnAsync() => Task.CompletedTask;
    }

    public sealed class NoSubject : ConsumerHandler
    {
        [Handle]
        public Task OnAsync() => Task.CompletedTask;
    }

    public sealed class Duplicate : ConsumerHandler
    {
        [Handle("a.{id}")]
        public Task OnFirstAsync() => Task.CompletedTask;

        [Handle("b", "a.*")]
        public Task OnSecondAsync() => Task.CompletedTask;
    }

    public sealed class TwoAttributes : ConsumerHandler
    {
        [Handle("a")]
        [Handle("b", "a")]
        public Task OnAsync() => Task.CompletedTask;
    }

    public sealed class Nothing : ConsumerHandler
    {
        public Task OnAsync() => Task.CompletedTask;
    }

    public sealed class WrongTwice : ConsumerHandler
    {
        [Handle("a")]
        public Task OnGoodAsync() => Task.CompletedTask;

        [Handle("b")]
        public int OnFirst() => 1;

        [Handle("c")]
        public void OnSecond()
        {
        }
    }

    public class WrongBase : ConsumerHandler
    {
        [Handle("a")]
        public int OnBase() => 1;
    }

    public sealed class WrongOwnFirst : WrongBase
    {
        [Handle("b")]
        public long OnOwn() => 1;
    }

    public sealed unsafe class Pointers : ConsumerHandler
    {
        [Handle("a")]
        public Task OnAsync(int* payload) => Task.CompletedTask;
    }

    public sealed unsafe class ReturnsPointer : ConsumerHandler
    {
        [Handle("a")]
        public int* OnAsync() => null;
    }
}

public class ParsableBase : ISpanParsable<ParsableBase>
{
    public static ParsableBase Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => new();

    public static ParsableBase Parse(string s, IFormatProvider? provider) => new();

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [MaybeNullWhen(false)] out ParsableBase result) => (result = new()) is not null;

    public static bool TryParse(string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ParsableBase result) => (result = new()) is not null;
}

public sealed class ParsableByItsBaseOnly : ParsableBase;
