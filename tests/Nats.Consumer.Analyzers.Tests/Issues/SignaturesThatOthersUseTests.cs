using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>Fixes that change the signature of a handler broke who calls it or takes it as a delegate, and hid a field of the parameter's name.</summary>
public class SignaturesThatOthersUseTests
{
    [Fact]
    public Task TokenOfAMethodThatIsCalled_HasADefault() => Verify.Rule("NATS0305").Fixes(
        [Handler("[|OnAsync|]", "", ""), "public class Tests { public Task TestAsync(OrderHandler handler) => handler.OnAsync(\"x\"); }"],
        [Handler("OnAsync", ", CancellationToken cancellationToken = default", ""), "public class Tests { public Task TestAsync(OrderHandler handler) => handler.OnAsync(\"x\"); }"]);

    [Theory]
    [InlineData("public Func<string, Task> Get() => OnAsync;")]
    [InlineData("private readonly CancellationToken cancellationToken = new(true); public bool Ends => cancellationToken.IsCancellationRequested;")]
    public Task Token_IsNotOffered(string member) => Verify.Rule("NATS0305").HasNoFix(Handler("[|OnAsync|]", "", member));

    [Fact]
    public Task AsyncVoidThatIsADelegate_StaysAsItIs() =>
        Verify.Rule("NATS0301").HasNoFix(Code.Handler("[Handle(\"a\")] public async void [|OnAsync|]() => await Task.Yield(); public Action Get() => OnAsync;"));

    private static string Handler(string name, string parameter, string member) => Code.Handler($$"""
        [Handle("a")]
            public async Task {{name}}(string s{{parameter}}) { await Task.Delay(1); }
            {{member}}
        """);
}
