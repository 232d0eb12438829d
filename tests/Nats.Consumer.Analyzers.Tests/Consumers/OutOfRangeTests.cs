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
    [InlineData("TimeSpan AckWait => [|TimeSpan.FromTicks(1)|];", "AckWait is 00:00:00.0000001; it must be at least 10 ms, and longer than a handler takes.")]
    [InlineData("TimeSpan AckWait => [|default|];", "AckWait is 00:00:00; it must be at least 10 ms, and longer than a handler takes.")]
    [InlineData("IReadOnlyList<TimeSpan> BackoffDelays => [[|-TimeSpan.FromSeconds(1)|]];", "A retry delay cannot be negative.")]
    [InlineData("IReadOnlyList<TimeSpan> BackoffDelays => [[|Timeout.InfiniteTimeSpan|]];", "A retry delay cannot be negative.")]
    public Task OutsideOfItsRange_TriggersInTheRuntimesWords(string member, string message) => Rule.Says(message, Code.ConsumerWith("public override " + member));

    [Theory]
    [InlineData("int MaxDeliver => 1;")]
    [InlineData("int Concurrency => Environment.ProcessorCount;")]
    [InlineData("TimeSpan AckWait => TimeSpan.FromMilliseconds(10);")]
    [InlineData("TimeSpan AckWait => TimeSpan.MaxValue;")]
    [InlineData("TimeSpan AckWait => new(0, 0, 1);")]
    public Task WithinItsRange_DoesNotTrigger(string member) => Rule.Reports(Code.ConsumerWith("public override " + member));

    [Fact]
    public Task PropertyOfOneself_DoesNotTrigger() => Rule.Reports(Code.ConsumerWith("public static int Limit => 0; public new int BatchSize(int more) => more;"));
}
