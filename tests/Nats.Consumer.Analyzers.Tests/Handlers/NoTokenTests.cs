using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Handlers;

public class NoTokenTests
{
    private static Verify Rule => Verify.Rule("NATS0305");

    [Theory]
    [InlineData("File.ReadAllTextAsync(\"x\")")] // an optional parameter
    [InlineData("Task.Delay(1)")] // another overload
    public Task CallThatCouldBeCancelled_Triggers(string call) => Rule.Reports(Code.Handler($"[Handle(\"a\")] public async Task [|OnAsync|]() {{ await {call}; await {call}; }}"));

    [Theory]
    [InlineData("public async Task OnAsync(CancellationToken ct) => await Task.Delay(1);")] // CA2016
    [InlineData("public async Task OnAsync(MessageContext message) => await message.AckAsync();")]
    [InlineData("public async Task OnAsync() => await Task.Yield();")]
    [InlineData("public async Task OnAsync() { _ = Task.Run(() => 1); await Task.Yield(); }")]
    public Task NothingToCancel_DoesNotTrigger(string method) => Rule.Reports(Code.Handler("[Handle(\"a\")] " + method));

    [Fact]
    public Task Fix_AddsTheParameter() => Rule.Fixes(
        Code.Handler("[Handle(\"a\")] public Task [|OnAAsync|]() => Task.Delay(1);\n    [Handle(\"b\")] public Task [|OnBAsync|](string payload) => Task.Delay(1);"),
        Code.Handler("[Handle(\"a\")] public Task OnAAsync(CancellationToken cancellationToken) => Task.Delay(1);\n    [Handle(\"b\")] public Task OnBAsync(string payload, CancellationToken cancellationToken) => Task.Delay(1);"));

    [Fact]
    public Task NameThatIsTaken_HasNoFix() => Rule.HasNoFix(Code.Handler("[Handle(\"a\")] public Task [|OnAsync|](string cancellationToken) => Task.Delay(1);"));

    [Theory]
    [InlineData("public class OrderHandler : ConsumerHandler, IOn { [Handle(\"a\")] public Task [|OnAsync|]() => Task.Delay(1); } public interface IOn { Task OnAsync(); }")]
    [InlineData("public class OrderHandler : ConsumerHandler { [Handle(\"a\")] public virtual Task [|OnAsync|]() => Task.Delay(1); }")]
    public Task SignatureThatOthersShare_HasNoFix(string code) => Rule.HasNoFix(code);
}
