using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Across;

public class SharedDurableTests
{
    private static readonly string First = Consumer("First", "orders", "\"worker\"");

    private static Verify Rule => Verify.Rule("NATS0514").InApplication();

    [Fact]
    public Task SameNameOnOneStream_TriggersInTheRuntimesWords() => Rule.Says(
        "First and Second would share the durable 'worker' on stream 'orders' and take each other's messages. Give each a DurableName of its own.",
        Code.Main, First, Consumer("Second", "orders", "[|\"worker\"|]"));

    [Fact]
    public Task ClassesOfOneName_Trigger() => Rule.Says(
        "A.Orders and B.Orders would share the durable that is derived from 'Orders' on stream 'orders' and take each other's messages. Give each a DurableName of its own.",
        Code.Main,
        "namespace A { public class Orders : PullConsumer { public override string StreamName => \"orders\"; } }",
        "namespace B { public class [|Orders|] : PullConsumer { public override string StreamName => \"orders\"; } }");

    [Theory]
    [InlineData("users", "\"worker\"")]
    [InlineData("orders", "\"other\"")]
    [InlineData("orders", "null")]
    [InlineData("orders", "Environment.MachineName")]
    public Task OtherNameOrStreamOrUnknown_DoesNotTrigger(string stream, string durable) => Rule.Reports(Code.Main, First, Consumer("Second", stream, durable));

    [Theory]
    [InlineData("\"eu\"")]
    [InlineData("Environment.MachineName")]
    public Task OtherConnectionOrUnknown_DoesNotTrigger(string connection) =>
        Rule.Reports(Code.Main, First, Code.ConsumerNamed("Second", $"public override string StreamName => \"orders\"; public override string? DurableName => \"worker\"; public override string? Connection => {connection};"));

    [Fact]
    public Task ChosenConsumers_DoNotTrigger() => Rule.Reports(
        "public static class Program { public static void Main() { } public static void Add(NatsConsumersBuilder nats) => nats.AddConsumer<First>(); }",
        First, Consumer("Second", "orders", "\"worker\""));

    [Fact]
    public Task LibraryAndTests_DoNotTrigger() => Task.WhenAll(
        Verify.Rule("NATS0514").Reports(First, Consumer("Second", "orders", "\"worker\"")), Rule.InTests().Reports(Code.Main, First, Consumer("Second", "orders", "\"worker\"")));

    private static string Consumer(string name, string stream, string durable) =>
        Code.ConsumerNamed(name, $"public override string StreamName => \"{stream}\"; public override string? DurableName => {durable};");
}
