using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Across;

public class DeadLettersCapturedTests
{
    private static Verify Rule => Verify.Rule("NATS0512");

    [Theory]
    [InlineData("[\"orders.x\", [|\"dead-letters.>\"|]]")]
    [InlineData("[[|\">\"|]]")]
    [InlineData("[[|\"*.orders.>\"|]]")]
    [InlineData("[[|\"dead-letters.orders.worker.orders.created\"|]]")]
    public Task OwnStream_Triggers(string subjects) => Rule.Reports(Code.ConsumerWith(Code.Setup("orders", subjects)));

    [Fact]
    public Task OwnStream_SaysThatTheWorkerDoesNotStart() => Rule.Says(
        "Stream 'orders' captures '>', and so dead letters of stream 'orders' ('dead-letters.orders.>'). The worker does not start so, because a dead letter would come back to it. Narrow the stream's Subjects.",
        Code.ConsumerWith(Code.Setup("orders", "[[|\">\"|]]")));

    [Fact]
    public Task StreamOfAnotherClass_Triggers() => Rule.InApplication().Reports(
        Code.Main, Code.ConsumerWith(""), "public static class Streams { public static readonly StreamConfig Orders = new(\"orders\") { Subjects = [[|\"dead-letters.*.>\"|]] }; }");

    [Fact]
    public Task AnotherStream_Triggers() => Rule.InApplication().Says(
        "Stream 'failures' captures 'dead-letters.>', and so dead letters of stream 'orders' ('dead-letters.orders.>'). "
            + "The server would refuse the stream 'orders-dead-letters' that they need (10065). Narrow the stream's Subjects.",
        Code.Main, Code.ConsumerWith(Code.Setup("failures", "[[|\"dead-letters.>\"|]]")));

    [Theory]
    [InlineData("orders", "[\"orders.>\", \"dead-letters.users.>\", \"dead-letters.orders\"]")]
    [InlineData("orders-dead-letters", "[\"dead-letters.orders.>\"]")]
    public Task Elsewhere_DoesNotTrigger(string stream, string subjects) => Rule.InApplication().Reports(Code.Main, Code.ConsumerWith(Code.Setup(stream, subjects)));
}
