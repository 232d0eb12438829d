using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class RedundantConsumerSubjectTests
{
    private static Verify Rule => Verify.Rule("NATS0507");

    [Theory]
    [InlineData("[\"orders.>\", [|\"orders.created\"|]]")]
    [InlineData("[[|\"orders.created\"|], \"orders.>\"]")]
    [InlineData("[\"a\", [|\"a\"|]]")]
    public Task CoveredSubject_Triggers(string subjects) => Rule.Reports(Code.Consumer(subjects));

    [Theory]
    [InlineData("[\"orders.*\", \"*.created\"]")]
    [InlineData("[\"orders.*\", \"orders.*.>\"]")]
    [InlineData("[\"orders.created\", System.Environment.MachineName]")]
    public Task SubjectThatAdds_DoesNotTrigger(string subjects) => Rule.Reports(Code.Consumer(subjects));

    [Fact]
    public Task Message_NamesBoth() => Rule.Says("The consumer takes 'a.b' anyway: it is within 'a.>'. Leave it out.", Code.Consumer("[\"a.>\", [|\"a.b\"|]]"));

    [Fact]
    public Task Stream_DoesNotTrigger() => Rule.Reports(Code.Stream("[\"a.>\", \"a.b\"]"));

    [Fact]
    public Task Fix_RemovesIt() => Rule.Fixes(Code.Consumer("[[|\"a.b\"|], \"a.>\", [|\"a.>\"|], \"c\"]"), Code.Consumer("[\"a.>\", \"c\"]"));
}
