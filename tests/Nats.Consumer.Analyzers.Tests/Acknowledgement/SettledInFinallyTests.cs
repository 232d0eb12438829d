using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Acknowledgement;

public class SettledInFinallyTests
{
    private static Verify Rule => Verify.Rule("NATS0703");

    [Fact]
    public Task Finally_Triggers() => Rule.Says(
        "In a finally block AckAsync settles the message also when the handler fails, and no retry follows. Leave it out: what a handler returns or throws settles the message.",
        Handler("try { await Task.Yield(); } finally { [|await message.AckAsync();|] }"));

    [Theory]
    [InlineData("var done = false; try { await Task.Yield(); done = true; } finally { if (done) await message.AckAsync(); }")]
    [InlineData("try { await Task.Yield(); await message.AckAsync(); } finally { await message.InProgressAsync(); }")]
    [InlineData("try { await Task.Yield(); } catch (Exception) { await message.TermAsync(); }")]
    public Task ConditionOrElsewhere_DoesNotTrigger(string body) => Rule.Reports(Handler(body));

    private static string Handler(string body) => Code.Handler($"[Handle(\"a\")] public async Task OnAsync(MessageContext message) {{ {body} }}");
}
