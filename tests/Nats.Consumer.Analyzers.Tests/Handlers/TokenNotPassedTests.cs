using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Handlers;

public class TokenNotPassedTests
{
    private static Verify Rule => Verify.Rule("NATS0304");

    [Theory]
    [InlineData("await Task.Delay(1, [|CancellationToken.None|]);")]
    [InlineData("await Task.Delay(1, [|default|]);")]
    [InlineData("await Task.Delay(1, [|default(CancellationToken)|]);")]
    public Task NoneInsteadOfTheToken_Triggers(string statement) => Rule.Reports(Body(statement));

    [Theory]
    [InlineData("await Task.Delay(1, ct);")]
    [InlineData("await Task.Delay(1);")] // CA2016
    [InlineData("await message.AckAsync(CancellationToken.None);")]
    [InlineData("try { await Task.Yield(); } finally { await Task.Delay(1, CancellationToken.None); }")]
    [InlineData("try { await Task.Yield(); } catch { await Task.Delay(1, CancellationToken.None); }")]
    public Task Deliberate_DoesNotTrigger(string statement) => Rule.Reports(Body(statement));

    [Fact]
    public Task Fix_PassesTheToken() => Rule.Fixes(
        Body("await Task.Delay(1, [|CancellationToken.None|]); await Task.Delay(2, cancellationToken: [|default|]);"),
        Body("await Task.Delay(1, ct); await Task.Delay(2, cancellationToken: ct);"));

    private static string Body(string statement) => $$"""
        public class OrderHandler : ConsumerHandler
        {
            [Handle("a")]
            public async Task OnAsync(MessageContext message, CancellationToken ct)
            {
                {{statement}}
            }
        }
        """;
}
