using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class LeadingWildcardTests
{
    private static Verify Rule => Verify.Rule("NATS0508");

    [Theory]
    [InlineData("[[|\">\"|]]")]
    [InlineData("[\"orders.x\", [|\"*.created\"|]]")]
    [InlineData("[[|\"{tenant}.orders\"|]]")]
    public Task WildcardFirst_Triggers(string subjects) => Rule.Reports(Code.Stream(subjects));

    [Theory]
    [InlineData("[\"orders.>\", \"orders\"]")]
    [InlineData("[\"*x.a\"]")] // NATS0002
    public Task WordFirst_DoesNotTrigger(string subjects) => Rule.Reports(Code.Stream(subjects));

    [Fact]
    public Task ConsumerAndHandler_DoNotTrigger() => Rule.Reports(Code.Consumer("[\">\"]"), Code.Handle("\"*.created\""));

    [Theory]
    [InlineData("NoAck = true", "\">\"")]
    [InlineData("NoAck = false", "[|\">\"|]")]
    public Task StreamWithoutAcks_DoesNotTrigger(string setting, string subject) =>
        Rule.Reports($"public static class Streams {{ public static StreamConfig All => new(\"all\") {{ {setting}, Subjects = [{subject}] }}; }}");

    [Fact]
    public Task Message_SaysWhichServersRefuse() => Rule.Says(
        "A stream on '*.x' captures what other streams and services use, its own dead letters included; nats-server 2.15 and later refuse it (10052). Begin with a word, as in 'orders.>'.",
        Code.Stream("[[|\"*.x\"|]]"));
}
