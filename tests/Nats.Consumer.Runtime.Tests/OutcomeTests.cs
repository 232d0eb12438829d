namespace Nats.Consumer.Tests;

public class OutcomeTests
{
    [Fact]
    public void Default_Value_IsAck() => default(Outcome).ShouldBe(Outcome.Ack);

    [Fact]
    public void Kinds_Order_IsGravity() =>
        Enum.GetValues<OutcomeKind>().ShouldBe([OutcomeKind.Ack, OutcomeKind.Drop, OutcomeKind.Retry, OutcomeKind.DeadLetter]);

    [Fact]
    public void RetryAfter_Delay_KeepsIt()
    {
        Outcome.RetryAfter(TimeSpan.FromTicks(7)).ShouldSatisfyAllConditions(
            outcome => outcome.Kind.ShouldBe(OutcomeKind.Retry),
            outcome => outcome.Delay.ShouldBe(TimeSpan.FromTicks(7)),
            outcome => outcome.ShouldNotBe(Outcome.Retry));
        Outcome.RetryAfter(TimeSpan.Zero).Delay.ShouldBe(TimeSpan.Zero);
        Should.Throw<ArgumentOutOfRangeException>(() => Outcome.RetryAfter(TimeSpan.FromTicks(-1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void DeadLetterAndDrop_NoReason_Throw(string? reason)
    {
        Should.Throw<ArgumentException>(() => Outcome.DeadLetter(reason!));
        Should.Throw<ArgumentException>(() => Outcome.Drop(reason!));
    }

    [Fact]
    public void DeadLetterAndDrop_Reason_KeepIt()
    {
        Outcome.DeadLetter("broken").ShouldSatisfyAllConditions(outcome => outcome.Kind.ShouldBe(OutcomeKind.DeadLetter), outcome => outcome.Reason.ShouldBe("broken"));
        Outcome.Drop("old").ShouldSatisfyAllConditions(outcome => outcome.Kind.ShouldBe(OutcomeKind.Drop), outcome => outcome.Reason.ShouldBe("old"));
    }
}
