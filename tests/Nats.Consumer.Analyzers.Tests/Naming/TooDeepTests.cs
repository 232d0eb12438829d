using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Naming;

public class TooDeepTests
{
    private static Verify Rule => Verify.Rule("NATS0104");

    [Fact]
    public Task FiveTokens_Trigger() => Rule.Says(
        "Subject 'a.b.c.d.e' has 5 tokens, more than 4. Keep in the payload or in headers what nobody routes by.", Code.Handle("[|\"a.b.c.d.e\"|], \"a.b.c.d\""));

    [Fact]
    public Task Depth_ByOption() => Rule.With("nats_toolkit.max_subject_depth = 2").Reports(Code.Handle("[|\"a.b.>\"|], \"a.b\""));

    [Fact]
    public Task InvalidSubject_DoesNotTrigger() => Rule.Reports(Code.Handle("\"a..b.c.d.e\""));
}
