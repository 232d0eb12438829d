using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Handlers;

public class HandlerSignatureTests
{
    private static Verify Rule => Verify.Rule("NATS0301");

    [Theory]
    [InlineData("public static Task [|OnAsync|]() => Task.CompletedTask;")]
    [InlineData("public Task [|OnAsync|]<T>(T payload) => Task.CompletedTask;")]
    [InlineData("public void [|On|]() { }")]
    [InlineData("public async void [|On|]() => await Task.Yield();")]
    [InlineData("public Task<int> [|OnAsync|]() => Task.FromResult(1);")]
    [InlineData("public Outcome [|On|]() => Outcome.Ack;")]
    [InlineData("public Task OnAsync(ref string [|payload|]) => Task.CompletedTask;")]
    [InlineData("public Task OnAsync(ReadOnlySpan<byte> [|payload|]) => Task.CompletedTask;")]
    [InlineData("public Task OnAsync(string a, string [|b|]) => Task.CompletedTask;")]
    [InlineData("public Task OnAsync(MessageContext a, MessageContext [|b|]) => Task.CompletedTask;")]
    [InlineData("public Task OnAsync(CancellationToken a, CancellationToken [|b|]) => Task.CompletedTask;")]
    [InlineData("public Task OnAsync(object [|id|]) => Task.CompletedTask;")]
    public Task WrongShape_Triggers(string method) => Rule.Reports(Code.Handler("[Handle(\"orders.{id}\")] " + method));

    [Theory]
    [InlineData("public Task OnAsync() => Task.CompletedTask;")]
    [InlineData("private ValueTask OnAsync(CancellationToken ct, string payload) => default;")]
    [InlineData("public Task<Outcome> OnAsync(Guid id, byte[] payload, MessageContext message) => Task.FromResult(Outcome.Ack);")]
    [InlineData("internal async ValueTask<Outcome> OnAsync(string id) { await Task.Yield(); return Outcome.Ack; }")]
    [InlineData("public Task OnAsync(DayOfWeek payload) => Task.CompletedTask;")]
    [InlineData("public Task OnAsync(IReadOnlyList<Message<string>> messages) => Task.CompletedTask;")]
    [InlineData("public ValueTask<IReadOnlyList<Outcome>> OnAsync(IReadOnlyList<MessageContext> messages, CancellationToken c) => default;")]
    [InlineData("public Task OnAsync(IReadOnlyList<string> aPayload, MessageContext message) => Task.CompletedTask;")]
    public Task RightShape_DoesNotTrigger(string method) => Rule.Reports(Code.Handler("[Handle(\"orders.{id}\")] " + method));

    [Fact]
    public Task Message_IsThatOfTheRuntime() => Rule.Says(
        "OrderHandler.On returns void. A handler is an instance method that returns Task, ValueTask, Task<Outcome> or ValueTask<Outcome>, and takes a payload, a MessageContext, "
            + "a CancellationToken and one parameter per {token}, each at most once; or it takes batches, an IReadOnlyList<Message<T>> or IReadOnlyList<MessageContext> and a CancellationToken, "
            + "and returns Task, ValueTask, Task<IReadOnlyList<Outcome>> or ValueTask<IReadOnlyList<Outcome>>.",
        Code.Handler("[Handle(\"a\")] public void [|On|]() { }"));

    [Fact]
    public Task TokenOfOnePatternOnly_Triggers() => Rule.Says(
        "OrderHandler.OnAsync: the parameter 'id' is no token of 'orders.all'. Write it into the pattern as '{id}', or take the parameter away.",
        Code.Handler("[Handle(\"orders.{id}\", \"orders.all\")] public Task OnAsync(Guid [|id|]) => Task.CompletedTask;"));

    [Theory]
    [InlineData("public Task OnAsync(IReadOnlyList<Message<string>> messages, MessageContext [|message|]) => Task.CompletedTask;")]
    [InlineData("public Task OnAsync(IReadOnlyList<Message<string>> messages, string [|id|]) => Task.CompletedTask;")]
    [InlineData("public Task OnAsync(IReadOnlyList<MessageContext> messages, IReadOnlyList<Message<int>> [|more|]) => Task.CompletedTask;")]
    [InlineData("public Task<Outcome> [|OnAsync|](IReadOnlyList<MessageContext> messages) => throw new NotImplementedException();")]
    public Task WrongBatch_Triggers(string method) => Rule.Reports(Code.Handler("[Handle(\"orders.{id}\")] " + method));

    [Fact]
    public Task MethodWithoutHandle_DoesNotTrigger() => Rule.Reports(Code.Handler("public static void Help(ref int a) { }"));

    [Fact]
    public Task Fix_MakesAsyncVoidATask() => Rule.Fixes(
        [Code.Handler("[Handle(\"a\")] public async void [|OnA|]() => await Task.Yield();\n    [Handle(\"b\")] public async void [|OnB|]() => await Task.Yield();"), Code.Handle("\"x\"").Replace("OrderHandler", "Other", StringComparison.Ordinal)],
        [Code.Handler("[Handle(\"a\")] public async Task OnA() => await Task.Yield();\n    [Handle(\"b\")] public async Task OnB() => await Task.Yield();"), Code.Handle("\"x\"").Replace("OrderHandler", "Other", StringComparison.Ordinal)]);

    [Fact]
    public Task Void_HasNoFix() => Rule.HasNoFix(Code.Handler("[Handle(\"a\")] public void [|On|]() { }"));

    [Fact]
    public Task AsyncVoidOfAnInterface_HasNoFix() => Rule.HasNoFix("""
        public interface IOn { void On(); }
        public class OrderHandler : ConsumerHandler, IOn
        {
            [Handle("a")] public async void [|On|]() => await Task.Yield();
        }
        """);

    [Fact]
    public Task TypeParameter_IsWhatTheDerivedClassMakesOfIt() => Rule.Reports("""
        public abstract class Base<T> : ConsumerHandler { [Handle("orders.{id}")] public Task OnAsync(T id) => Task.CompletedTask; }
        public abstract class Middle<T> : Base<T> { }
        public class ById : Base<Guid> { }
        public class [|ByAddress|] : Middle<Uri> { }
        public class Further : ByAddress { }
        """);

    [Fact]
    public Task Override_HasTheTokensOfBothPatterns() => Rule.Reports("""
        public abstract class Base : ConsumerHandler { [Handle("orders.{id}")] public virtual Task OnAsync(int id) => Task.CompletedTask; }
        public class Derived : Base { [Handle("users.all")] public override Task OnAsync(int [|id|]) => Task.CompletedTask; }
        public class Same : Base { public override Task OnAsync(int id) => Task.CompletedTask; }
        """);

    [Fact]
    public Task WrongBaseMethod_IsSaidOnce() => Rule.Reports("""
        public abstract class Base : ConsumerHandler { [Handle("a")] public virtual Task<int> [|OnAsync|]() => Task.FromResult(1); }
        public class Derived : Base { [Handle("b")] public override Task<int> OnAsync() => Task.FromResult(2); }
        """);
}
