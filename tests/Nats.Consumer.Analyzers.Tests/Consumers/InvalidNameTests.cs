extern alias runtime;

using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class InvalidNameTests
{
    private static Verify Rule => Verify.Rule("NATS0505");

    [Theory]
    [InlineData("\"orders.eu\"")]
    [InlineData("\"orders eu\"")]
    [InlineData("\"orders*\"")]
    [InlineData("\"a/b\"")]
    [InlineData("\"\"")]
    [InlineData("$\"{Prefix}.eu\"")]
    public async Task NameThatTheServerCannotHave_Triggers(string name)
    {
        await Rule.Reports(Consumer($"public override string StreamName => [|{name}|];"));
        await Rule.Reports(Consumer($"public override string StreamName => \"orders\"; public override string DurableName {{ get; }} = [|{name}|];"));
        await Rule.Reports(Consumer($"public override string StreamName => \"orders\"; public static StreamConfig Config() => new([|{name}|]);"));
    }

    [Theory]
    [InlineData("\"orders-eu_2\"")]
    [InlineData("\"Bestellungen-ö\"")]
    [InlineData("Environment.MachineName + \".x\"")]
    [InlineData("Prefix")]
    public Task NameThatWorksOrIsNotConstant_DoesNotTrigger(string name) => Rule.Reports(Consumer($"public override string StreamName => {name}; public override string? DurableName => null;"));

    [Fact]
    public Task OtherNames_DoNotTrigger() => Rule.Reports(
        Consumer("public override string StreamName => \"orders\"; public override string Name => \"Orders. All of them\";"),
        "public class Other { public string StreamName => \"a.b\"; }");

    [Fact]
    public Task LongName_Triggers() => Rule.Says(
        $"The durable name '{new string('a', 40)}…' has more than 255 bytes.",
        Consumer($"public override string StreamName => \"orders\"; public override string DurableName => [|\"{new string('a', 256)}\"|];"));

    [Theory]
    [InlineData("orders.eu", "stream")]
    [InlineData("a b", "durable")]
    [InlineData("tab\there", "stream")]
    [InlineData("no\u007fdelete", "stream")]
    [InlineData("a\\b", "stream")]
    [InlineData(">", "durable")]
    [InlineData("", "durable")]
    [InlineData("ok-ö_1", "stream")]
    public void Words_AreThoseOfTheRuntime(string name, string what)
    {
        var type = typeof(runtime::Nats.Consumer.StreamConfig).Assembly.GetType("Nats.Consumer.JetStream.JetStreamName", throwOnError: true)!;
        var check = type.GetMethod("ThrowIfInvalid")!.CreateDelegate<Action<string?, string>>();
        string? expected = Record.Exception(() => check(name, what))?.Message;
        InvalidName.Error(name, what).ShouldBe(expected);
    }

    [Fact]
    public Task Fix_WritesDashes() => Rule.Fixes(
        Consumer("public override string StreamName => [|\"orders.eu\"|]; public override string DurableName => [|\"a/b c\"|];"),
        Consumer("public override string StreamName => \"orders-eu\"; public override string DurableName => \"a-b-c\";"));

    [Theory]
    [InlineData("[|\"\"|]")]
    [InlineData("[|$\"{Prefix}.eu\"|]")]
    public Task EmptyOrComposedName_HasNoFix(string name) => Rule.HasNoFix(Consumer($"public override string StreamName => {name};"));

    private static string Consumer(string members) => $$"""
        public class OrderConsumer : PullConsumer
        {
            public const string Prefix = "orders";
            {{members}}
        }
        """;
}
