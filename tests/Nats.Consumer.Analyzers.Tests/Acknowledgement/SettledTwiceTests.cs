using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Acknowledgement;

public class SettledTwiceTests
{
    private static Verify Rule => Verify.Rule("NATS0701");

    [Theory]
    [InlineData("await message.AckAsync(); await [|message.NakAsync()|]; return Outcome.Ack;")]
    [InlineData("await message.AckSyncAsync(ct).ConfigureAwait(false); await [|message.AckAsync()|]; return default;")]
    [InlineData("await message.TermAsync(\"x\"); if (ct.CanBeCanceled) { await [|message.NakAsync()|]; } return Outcome.Ack;")]
    [InlineData("await message.AckAsync(); return [|Outcome.Retry|];")]
    [InlineData("await message.AckAsync(); return [|Outcome.RetryAfter(TimeSpan.Zero)|];")]
    [InlineData("if (ct.CanBeCanceled) { await message.NakAsync(); return [|Outcome.DeadLetter(\"x\")|]; } return Outcome.Retry;")]
    [InlineData("await message.AckAsync(); [|throw new InvalidOperationException();|]")]
    [InlineData("await message.AckAsync(); await [|message.NakAsync()|]; { await [|message.NakAsync()|]; return [|Outcome.Retry|]; }")]
    public Task AfterASettlement_Triggers(string body) => Rule.Reports(Handler(body));

    [Theory]
    [InlineData("await message.AckAsync(); return Outcome.Ack;")]
    [InlineData("await message.NakAsync(); return default;")]
    [InlineData("await message.NakAsync(); return await DecideAsync();")]
    [InlineData("if (ct.CanBeCanceled) await message.AckAsync(); return Outcome.Retry;")]
    [InlineData("if (ct.CanBeCanceled) { await message.AckAsync(); return Outcome.Ack; } await message.NakAsync(); return Outcome.Ack;")]
    [InlineData("try { await message.AckAsync(); } catch (Exception) { await message.NakAsync(); throw; } return Outcome.Ack;")]
    [InlineData("await message.InProgressAsync(); return Outcome.Retry;")]
    [InlineData("await message.AckAsync(); Func<Outcome> later = () => Outcome.Retry; _ = later; return Outcome.Ack;")]
    [InlineData("return ct.CanBeCanceled ? Outcome.Retry : Outcome.Ack;")]
    public Task OneSettlement_DoesNotTrigger(string body) => Rule.Reports(Handler(body));

    [Fact]
    public Task TaskThatIsNotAwaited_Triggers() => Rule.Says(
        "AckAsync has settled the message before, so this has no effect but a line in the log. Settle by hand or return an outcome, but once.",
        Code.Handler("[Handle(\"a\")] public Task<Outcome> OnAsync(MessageContext message) { message.AckAsync().AsTask(); return [|Task.FromResult(Outcome.Retry)|]; }"));

    [Fact]
    public Task MethodThatIsNoHandler_DoesNotTrigger() => Rule.Reports(Handler("return Outcome.Ack;") + """
        public class Other { public async Task ForwardAsync(MessageContext message) { await message.AckAsync(); await message.NakAsync(); } }
        """);

    private static string Handler(string body) => Code.Handler($$"""
        [Handle("a")]
            public async Task<Outcome> OnAsync(MessageContext message, CancellationToken ct)
            {
                await Task.Yield();
                {{body}}
            }

            private static Task<Outcome> DecideAsync() => Task.FromResult(Outcome.Retry);
        """);
}
