using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Handlers;

public class BlockingCallTests
{
    private static Verify Rule => Verify.Rule("NATS0303");

    [Theory]
    [InlineData("_ = [|LoadAsync().Result|];")]
    [InlineData("[|LoadAsync().Wait()|];")]
    [InlineData("[|LoadAsync().Wait(5)|];")]
    [InlineData("_ = [|LoadAsync().GetAwaiter().GetResult()|];")]
    [InlineData("_ = [|LoadAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];")]
    [InlineData("_ = [|new ValueTask<int>(1).Result|];")]
    [InlineData("[|Thread.Sleep(1)|];")]
    [InlineData("[|Task.WaitAll(LoadAsync())|];")]
    [InlineData("_ = [|File.ReadAllText(\"x\")|];")]
    [InlineData("Func<int> f = () => [|LoadAsync().Result|]; _ = f();")]
    public Task BlockingCall_Triggers(string statement) => Rule.Reports(Body(statement));

    [Theory]
    [InlineData("await LoadAsync();")]
    [InlineData("var task = LoadAsync(); if (task.IsCompletedSuccessfully) _ = task.Result;")]
    [InlineData("var task = LoadAsync(); await Task.WhenAll(task); _ = task.Result;")]
    [InlineData("var task = LoadAsync(); await task; _ = task.Result;")]
    [InlineData("_ = File.Exists(\"x\");")]
    public Task CompletedTask_DoesNotTrigger(string statement) => Rule.Reports(Body(statement));

    [Fact]
    public Task MethodThatIsNoHandler_DoesNotTrigger() => Rule.Reports(Code.Handler("[Handle(\"a\")] public Task OnAsync() => Task.CompletedTask;\n public void Help() => Thread.Sleep(1);"));

    [Fact]
    public Task Fallback_Triggers() => Rule.Reports(Code.Handler("""
        protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken ct)
            {
                [|Thread.Sleep(1)|];
                return new(Outcome.Ack);
            }
        """));

    [Fact]
    public Task Fix_Awaits() => Rule.Fixes(
        Body("""
            int a = [|LoadAsync().Result|];
                    var text = [|LoadAsync().Result|].ToString();
                    [|LoadAsync().Wait()|];
                    _ = [|LoadAsync().GetAwaiter().GetResult()|] + 1;
                    [|Thread.Sleep(1)|];
                    var all = [|File.ReadAllText("x")|];
            """),
        Body("""
            int a = await LoadAsync();
                    var text = (await LoadAsync()).ToString();
                    await LoadAsync();
                    _ = await LoadAsync() + 1;
                    await Task.Delay(1);
                    var all = await File.ReadAllTextAsync("x");
            """));

    [Fact]
    public Task MethodThatIsNotAsync_HasNoFix() => Rule.HasNoFix(Code.Handler("[Handle(\"a\")] public Task OnAsync() { [|Thread.Sleep(1)|]; return Task.CompletedTask; }"));

    private static string Body(string statements) => $$"""
        public class OrderHandler : ConsumerHandler
        {
            [Handle("a")]
            public async Task OnAsync()
            {
                await Task.Yield();
                {{statements}}
            }

            private static Task<int> LoadAsync() => Task.FromResult(1);
        }
        """;
}
