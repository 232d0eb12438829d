using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class OutOfRangeTests
{
    private static Verify Rule => Verify.Rule("NATS0513");

    [Theory]
    [InlineData("int MaxDeliver => [|0|];", "MaxDeliver is 0; it must be at least 1.")]
    [InlineData("int MaxAckPending => [|-1|];", "MaxAckPending is -1; it must be at least 1.")]
    [InlineData("int Concurrency { get; } = [|0|];", "Concurrency is 0; it must be at least 1.")]
    [InlineData("int BatchSize { get => [|0|]; }", "BatchSize is 0; it must be at least 1.")]
    [InlineData("long MaxBytes => [|-1|];", "MaxBytes is -1; it must be at least 0.")]
    [InlineData("int MaxMessages => [|0|];", "MaxMessages is 0; it must be at least 1.")]
    [InlineData("TimeSpan MaxWait => [|-TimeSpan.FromSeconds(1)|];", "MaxWait is -00:00:01; it cannot be negative.")]
    [InlineData("TimeSpan? HandlerTimeout => [|TimeSpan.Zero|];", "HandlerTimeout is 00:00:00; it must be positive, or null for no limit.")]
    [InlineData("TimeSpan? InactiveThreshold => [|TimeSpan.FromHours(-1)|];", "InactiveThreshold is -01:00:00; it must be positive, or null to keep the durable for ever.")]
    [InlineData("TimeSpan MaxAckExtension => [|-TimeSpan.FromHours(1)|];", "MaxAckExtension is -01:00:00; it must be positive, or zero to leave the ack wait alone.")]
    [InlineData("DeliverPolicy DeliverPolicy => DeliverPolicy.ByStartSequence; public override ulong StartSequence => [|0|];", "StartSequence is 0; sequences start at 1.")]
    [InlineData("TimeSpan AckWait => [|TimeSpan.FromTicks(1)|];", "AckWait is 00:00:00.0000001; it must be at least 10 ms, and longer than a handler takes.")]
    [InlineData("TimeSpan AckWait => [|default|];", "AckWait is 00:00:00; it must be at least 10 ms, and longer than a handler takes.")]
    [InlineData("IReadOnlyList<TimeSpan> BackoffDelays => [[|-TimeSpan.FromSeconds(1)|]];", "A retry delay cannot be negative.")]
    [InlineData("IReadOnlyList<TimeSpan> BackoffDelays => [[|Timeout.InfiniteTimeSpan|]];", "A retry delay cannot be negative.")]
    public Task OutsideOfItsRange_TriggersInTheRuntimesWords(string member, string message) => Rule.Says(message, Code.ConsumerWith("public override " + member));

    [Theory]
    [InlineData("int MaxDeliver => 1;")]
    [InlineData("TimeSpan? HandlerTimeout => null;")]
    [InlineData("TimeSpan MaxAckExtension => TimeSpan.Zero;")]
    [InlineData("ulong StartSequence => 0;")]
    [InlineData("int Concurrency => Environment.ProcessorCount;")]
    [InlineData("TimeSpan AckWait => TimeSpan.FromMilliseconds(10);")]
    [InlineData("TimeSpan AckWait => TimeSpan.MaxValue;")]
    [InlineData("TimeSpan AckWait => new(0, 0, 1);")]
    public Task WithinItsRange_DoesNotTrigger(string member) => Rule.Reports(Code.ConsumerWith("public override " + member));

    [Theory]
    [InlineData("int Concurrency => [|2|];", "Concurrency is 2; an ordered consumer handles one message at a time.")]
    [InlineData("DeliveryMode Delivery => [|DeliveryMode.AtMostOnce|];", "Delivery is AtMostOnce; an ordered consumer acknowledges nothing. Derive from PullConsumer.")]
    [InlineData("ErrorAckBehavior OnExhausted => [|ErrorAckBehavior.Nak|];", "OnExhausted is Nak; an ordered consumer acknowledges nothing. Use Terminate to go on without the message.")]
    [InlineData("string DurableName => [|\"a\"|];", "An ordered consumer has neither DurableName nor OrderBy: it keeps no position, and everything is in order. Remove them, or derive from PullConsumer.")]
    [InlineData("string OrderBy => [|\"a\"|];", "An ordered consumer has neither DurableName nor OrderBy: it keeps no position, and everything is in order. Remove them, or derive from PullConsumer.")]
    public Task OrderedConsumer_HasRulesOfItsOwn(string member, string message) =>
        Rule.Says(message, Code.ConsumerWith("public override " + member).Replace("PullConsumer", "OrderedConsumer", StringComparison.Ordinal));

    [Fact]
    public Task PropertyOfOneself_DoesNotTrigger() => Rule.Reports(Code.ConsumerWith("public static int Limit => 0; public new int Concurrency => 0;"));
}
