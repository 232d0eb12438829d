using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Across;

public class StreamInTwoWaysTests
{
    private static Verify Rule => Verify.Rule("NATS0404").InApplication();

    [Fact]
    public Task OtherSubjects_Trigger() => Rule.Says(
        "B and A both set up stream 'orders', one with orders.shipped, the other with orders.created. The later one takes away what only the earlier one states: use one list for both.",
        Code.Main, Consumer("A", "[\"orders.created\"]"), Consumer("B", "[\"orders.shipped\"]").Replace("new StreamConfig(\"orders\") { Subjects = [\"orders.shipped\"] }", "[|new StreamConfig(\"orders\") { Subjects = [\"orders.shipped\"] }|]", StringComparison.Ordinal));

    [Fact]
    public Task SameSubjectsInAnyOrder_DoNotTrigger() => Rule.Reports(Code.Main, Consumer("A", "[\"a\", \"b.{x}\"]"), Consumer("B", "[\"b.*\", \"a\"]"));

    [Fact]
    public Task UnknownSubjects_DoNotTrigger() => Rule.Reports(Code.Main, Consumer("A", "[\"a\"]"), Consumer("B", "[Environment.MachineName]"));

    [Fact]
    public Task Library_DoesNotTrigger() => Verify.Rule("NATS0404").Reports(Consumer("A", "[\"a\"]"), Consumer("B", "[\"b\"]"));

    private static string Consumer(string name, string subjects) => Code.ConsumerNamed(name, "public override string StreamName => \"orders\";" + Code.Setup("orders", subjects));
}
