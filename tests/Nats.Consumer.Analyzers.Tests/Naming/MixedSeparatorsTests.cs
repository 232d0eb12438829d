using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Naming;

public class MixedSeparatorsTests
{
    private static Verify Rule => Verify.Rule("NATS0106");

    [Fact]
    public async Task DotsHereAndHyphensThere_Trigger()
    {
        var finding = (await Rule.Reports(Code.Handle("[|\"orders-updated\"|], \"payments-made\""), Code.Publish("\"orders.created\""))).Single();
        finding.GetMessage().ShouldBe("Subject 'orders-updated' is separated by '-', but 'orders.created' by dots. Use dots in both, so that 'orders.>' takes both.");
        finding.AdditionalLocations.Single().SourceTree!.FilePath.ShouldEndWith("Test1.cs");
    }

    [Fact]
    public Task OtherDomains_DoNotTrigger() => Rule.Reports(Code.Handle("\"orders-updated\", \"orders2.created\", \"orders\""));

    [Fact]
    public Task AllowedSubject_DoesNotTrigger() => Rule.With("nats_toolkit.allowed_subjects = orders-updated").Reports(Code.Handle("\"orders-updated\", \"orders.created\""));
}
