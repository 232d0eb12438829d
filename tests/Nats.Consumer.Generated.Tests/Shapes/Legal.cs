using System.Text.Json;

namespace Nats.Consumer.Tests.Shapes;

public sealed record Order(int Number);

public readonly record struct Point(int X, int Y);

public sealed class Parameters : ConsumerHandler
{
    [Handle("none")]
    public Task OnNothingAsync() => Seen.Now("nothing");

    [Handle("payload")]
    public Task OnPayloadAsync(Order order) => Seen.Now(order);

    [Handle("message")]
    public Task OnMessageAsync(MessageContext message) => Seen.Now(message);

    [Handle("token")]
    public Task OnTokenAsync(CancellationToken cancellationToken) => Seen.Now(cancellationToken);

    [Handle("bytes")]
    public Task OnBytesAsync(byte[] payload) => Seen.Now(payload);

    [Handle("memory")]
    public Task OnMemoryAsync(ReadOnlyMemory<byte> payload) => Seen.Now(payload);

    [Handle("text.{id}")]
    public Task OnTextAsync(string id) => Seen.Now(id);

    [Handle("guid.{id}")]
    public Task OnGuidAsync(Guid id) => Seen.Now(id);

    [Handle("int.{id}")]
    public Task OnIntAsync(int id) => Seen.Now(id);

    [Handle("keyword.{event}.{class}")]
    public Task OnKeywordAsync(string @event, int @class) => Seen.Now(@event, @class);

    [Handle("two.{number}.b.{id}")]
    public Task OnTwoAsync(string id, int number) => Seen.Now(id, number);

    [Handle("mixed.{id}")]
    public Task OnMixedAsync(CancellationToken cancellationToken, Order order, int id, MessageContext message) => Seen.Now(cancellationToken, order, id, message);

    [Handle("first.{id}.*", "second.*.{id}")]
    [Handle("third.{id}")]
    public Task OnSeveralAsync(string id) => Seen.Now(id);

    [Handle(["array.a", "array.b"])]
    public Task OnArrayAsync() => Seen.Now("array");

    [Handle(patterns: ["named.a"])]
    public Task OnNamedAsync() => Seen.Now("named");

    [Handle(Subjects.Constant, $"{Subjects.Constant}.{nameof(Order)}")]
    public Task OnConstantAsync() => Seen.Now("constant");

    [Handle("unbound.{id}")]
    public Task OnUnboundAsync() => Seen.Now("unbound");

    [Handle("everything.>")]
    public Task OnTailAsync(MessageContext message) => Seen.Now(message);

    [Handle("größe.\"quoted\"\\.日本")]
    public Task OnForeignLettersAsync() => Seen.Now("foreign");

    [Handle("optional.{id}")]
    public Task OnOptionalAsync(int id = 3, Order? order = null, CancellationToken cancellationToken = default) => Seen.Now(id, order, cancellationToken);
}

public static class Subjects
{
    public const string Constant = "constant";
}

public sealed class Payloads : ConsumerHandler
{
    [Handle("struct")]
    public Task OnStructAsync(Point point) => Seen.Now(point);

    [Handle("nullable")]
    public Task OnNullableAsync(Point? point) => Seen.Now(point);

    [Handle("reference.nullable")]
    public Task OnNullableReferenceAsync(Order? order) => Seen.Now(order);

    [Handle("list")]
    public Task OnListAsync(IReadOnlyList<Order?> orders) => Seen.Now(orders);

    [Handle("dictionary")]
    public Task OnDictionaryAsync(Dictionary<string, List<int?>> map) => Seen.Now(map.Count);

    [Handle("array")]
    public Task OnArrayAsync(Order[] orders) => Seen.Now((object)orders);

    [Handle("jagged")]
    public Task OnJaggedAsync(int[][] numbers) => Seen.Now(numbers.Length);

    [Handle("tuple")]
    public Task OnTupleAsync((int Number, string Text) pair) => Seen.Now(pair);

    [Handle("object")]
    public Task OnObjectAsync(object anything) => Seen.Now(anything.GetType().Name);

    [Handle("dynamic")]
    public Task OnDynamicAsync(dynamic anything) => Seen.Now(((object)anything).GetType().Name);

    [Handle("dynamic.list")]
    public Task OnDynamicListAsync(List<dynamic> anything) => Seen.Now(anything.Count);

    [Handle("json")]
    public Task OnJsonAsync(JsonElement json) => Seen.Now(json.ValueKind);

    [Handle("native")]
    public Task OnNativeAsync(nint number) => Seen.Now(number);

    [Handle("enum")]
    public Task OnEnumAsync(DayOfWeek day) => Seen.Now(day);

    [Handle("text")]
    public Task OnTextAsync(string text) => Seen.Now(text);

    [Handle("params")]
    public Task OnParamsAsync(params int[] numbers) => Seen.Now(numbers);

    [Handle("nested")]
    public Task OnNestedAsync(Outer.Inner<Order> inner) => Seen.Now(inner);

    [Handle("keyword")]
    public Task OnKeywordAsync(@class payload) => Seen.Now(payload);
}

public static class Outer
{
    public sealed record Inner<T>(T Value);
}

#pragma warning disable CS8981, IDE1006
public sealed record @class(int Number);
#pragma warning restore CS8981, IDE1006

public sealed class Returns : ConsumerHandler
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

    [Handle("value.outcome")]
    public ValueTask<Outcome> OnValueOutcomeAsync() => ValueTask.FromResult(Outcome.DeadLetter("because"));

    [Handle("value.outcome.later")]
    public async ValueTask<Outcome> OnValueOutcomeLaterAsync()
    {
        await Task.Yield();
        return Outcome.Drop("later");
    }

    [Handle("throws")]
    public Task OnThrowAsync() => throw new FormatException("thrown at once");

    [Handle("throws.later")]
    public async Task OnThrowLaterAsync()
    {
        await Task.Yield();
        throw new FormatException("thrown later");
    }

    [Handle("null")]
    public Task OnNullAsync() => null!;
}

internal sealed class Internal : ConsumerHandler
{
    internal sealed record Nested(int Number);

    [Handle("a")]
    internal Task OnAsync(Nested nested) => Seen.Now(nested);
}

public sealed class Unusual : ConsumerHandler, IUnusual
{
    [Handle("a")]
    private Task OnPrivateAsync(Order order) => Seen.Now("private", order);

    [Handle("b.{id}")]
    private ValueTask<Outcome> OnPrivateTokenAsync(int id, MessageContext message, CancellationToken cancellationToken)
    {
        _ = Seen.Now(id, message, cancellationToken);
        return ValueTask.FromResult(Outcome.Retry);
    }

    [Handle("c")]
    Task IUnusual.OnExplicitAsync(Order order) => Seen.Now("explicit", order);

    [Handle("d")]
    public Task @await() => Seen.Now("await");

    [Handle("e")]
    public Task @class() => Seen.Now("class");

    [Handle("f")]
    public Task Overloaded(Order order) => Seen.Now("order", order);

    [Handle("g")]
    public Task Overloaded(object anything) => Seen.Now("object");

    [Handle("h")]
    public Task Overloaded() => Seen.Now("nothing");

    [Handle("i")]
    public Task Overloaded(Order order, CancellationToken cancellationToken = default) => Seen.Now("both", order, cancellationToken);

    [Handle("j")]
    public Task Größe_\u0041sync() => Seen.Now("letters");
}

public interface IUnusual
{
    Task OnExplicitAsync(Order order);
}

public sealed partial class Partial : ConsumerHandler
{
    [Handle("a")]
    public Task OnFirstAsync() => Seen.Now("first");

    [Handle("declared")]
    public partial Task OnPartialAsync(int number);
}

public sealed partial class Partial : IDisposable
{
    [Handle("b")]
    public Task OnSecondAsync() => Seen.Now("second");

    [Handle("implemented")]
    public partial Task OnPartialAsync(int number) => Seen.Now("partial", number);

    public void Dispose()
    {
    }
}

[Obsolete("Old.", error: true)]
public sealed class ObsoleteHandler : ConsumerHandler
{
    [Handle("a")]
    [Obsolete("Old.", error: true)]
    public Task OnAsync(ObsoletePayload payload) => Seen.Now(payload);
}

[Obsolete("Old.", error: true)]
public sealed record ObsoletePayload(int Number);

[System.Diagnostics.CodeAnalysis.Experimental("NEW01")]
public sealed class ExperimentalHandler : ConsumerHandler
{
    [Handle("a")]
    public Task OnAsync(Order order) => Seen.Now(order);
}

public sealed class FallbackOnly : ConsumerHandler
{
    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome.Ack);
}

public sealed class HandledFallback : ConsumerHandler
{
    [Handle("a")]
    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome.Drop($"{reason}"));
}

public sealed class HidesFallback : ConsumerHandler
{
    [Handle("a")]
    public Task OnAsync() => Seen.Now("a");

    private new static ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome.Ack);
}

public class Container
{
    public class Middle
    {
        public sealed class NestedHandler : ConsumerHandler
        {
            [Handle("a.{id}")]
            public Task OnAsync(int id) => Seen.Now(id);
        }
    }
}

public sealed class NestedConsumers
{
    internal sealed class NestedConsumer : PullConsumer
    {
        public override string StreamName => "nested";
    }
}
