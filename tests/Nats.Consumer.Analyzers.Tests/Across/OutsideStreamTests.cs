using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Across;

public class OutsideStreamTests
{
    private static readonly string Setup = Code.Setup("orders", "[\"orders.*\", \"users.>\"]");

    private static Verify Rule => Verify.Rule("NATS0403");

    [Fact]
    public Task OwnStreamWithoutASubject_Triggers() => Rule.Says(
        "Stream 'orders' captures orders.*, users.>, and so nothing of 'payments.>': OrderConsumer never gets such a message. Add it to the stream's Subjects, or correct it.",
        Consumer("[\"orders.>\", [|\"payments.>\"|], [|\"orders.a.b\"|]]"));

    [Fact]
    public Task StreamOfAnotherClass_Triggers() => Rule.InApplication().Reports(
        Code.Main,
        Code.Consumer("[[|\"payments.>\"|], \"orders.x\"]"),
        "public static class Streams { public static StreamConfig Orders() => new(\"orders\") { Subjects = [\"orders.>\"] }; }");

    [Fact]
    public Task HandlerOutsideOfTheStream_Triggers() => Rule.InApplication().Reports(
        Code.Main, Consumer("[\">\"]"), Code.Handle("\"orders.x\", [|\"payments.made\"|], \"users.*\", [|\"orders.a.b\"|]"));

    [Theory]
    [InlineData("[\"orders.x\", \"users.>\", \"*.a\"]")]
    [InlineData("[Environment.MachineName]")]
    public Task WithinTheStreamOrUnknown_DoesNotTrigger(string subjects) => Rule.Reports(Consumer(subjects));

    [Theory]
    [InlineData("new(\"other\") { Subjects = [\"x\"] }")]
    [InlineData("new(\"orders\") { Subjects = [Environment.MachineName] }")]
    [InlineData("new(\"orders\")")]
    [InlineData("new(\"orders\") { Subjects = [\"x\"], Sources = [] }")]
    [InlineData("new StreamConfig(\"orders\") { Subjects = [\"x\"] } with { Subjects = [\"payments.>\"] }")]
    public Task OtherOrUnknownStream_DoesNotTrigger(string stream) => Rule.InApplication().Reports(
        Code.Main, Code.Consumer("[\"payments.>\"]"), Code.Handle("\"payments.x\""), $"public static class Streams {{ public static StreamConfig Orders() => {stream}; }}");

    [Fact]
    public Task StreamInTwoParts_DoesNotTrigger() => Rule.InApplication().Reports(
        Code.Main,
        Code.Consumer("[\"payments.>\", \"orders.x\"]"),
        "public static class Streams { public static StreamConfig Of(bool all) => all ? new(\"orders\") { Subjects = [\"orders.>\", \"payments.>\"] } : new(\"orders\") { Subjects = [\"orders.>\"] }; }");

    private static string Consumer(string subjects) => Code.ConsumerWith($"public override IReadOnlyList<string> Subjects => {subjects};\n    {Setup}");
}
