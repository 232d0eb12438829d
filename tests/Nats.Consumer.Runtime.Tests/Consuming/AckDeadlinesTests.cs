using FsCheck.Fluent;
using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

public class AckDeadlinesTests
{
    private static readonly TimeSpan AckWait = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("", 1, 30_000)]
    [InlineData("", 7, 30_000)]
    [InlineData("1000 3000", 1, 1000)]
    [InlineData("1000 3000", 2, 3000)]
    [InlineData("1000 3000", 9, 3000)]
    public void After_Delivery_IsTheBackoffsOrElseTheAckWait(string backoff, int delivery, int milliseconds) =>
        Deadlines(backoff).After(delivery).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    // As measured: with a back-off of 1, 3 and 6 s a delay of 0.5 s comes true after 0.5, 2.5 and 5.5 s.
    [Theory]
    [InlineData("", 500, 3, 500)]
    [InlineData("1000 3000 6000", 500, 1, 500)]
    [InlineData("1000 3000 6000", 500, 2, -1500)]
    [InlineData("1000 3000 6000", 500, 3, -4500)]
    [InlineData("1000 3000 6000", 500, 4, -4500)]
    [InlineData("1000 3000 6000", 7000, 3, 2000)]
    [InlineData("3000 1000", 500, 2, 2500)]
    [InlineData("1000 3000 6000", 0, 2, 0)] // at once is at once
    public void NakDelay_AsksForLessByAsMuchAsTheServerAdds(string backoff, int wanted, int delivery, int asked) =>
        Deadlines(backoff).NakDelay(TimeSpan.FromMilliseconds(wanted), delivery).ShouldBe(TimeSpan.FromMilliseconds(asked));

    [Fact]
    public void NakDelay_NothingLeftToAskFor_IsAMomentLessThanNothing() =>
        Deadlines("1000 3000").NakDelay(TimeSpan.FromSeconds(2), 2).ShouldBe(TimeSpan.FromTicks(-1), "no delay at all would be a plain negative ack");

    [Fact]
    public void NakDelay_AnyBackoff_ComesTrueOnTheServer() => Samples.ForAll(
        from backoff in Gen.Choose(1, 5000).ListOf().Where(list => list.Count > 0)
        from wanted in Gen.Choose(1, 20_000)
        from delivery in Gen.Choose(1, 10)
        select (Waits: backoff.Select(wait => TimeSpan.FromMilliseconds(wait)).ToArray(), Wanted: TimeSpan.FromMilliseconds(wanted), Delivery: delivery),
        sample =>
        {
            TimeSpan asked = new AckDeadlines(AckWait, sample.Waits).NakDelay(sample.Wanted, sample.Delivery);
            // What the server makes of it (consumer.go: processNak, checkPending).
            TimeSpan comes = asked + sample.Waits[Math.Min(sample.Delivery, sample.Waits.Length) - 1] - sample.Waits[0];
            return asked != TimeSpan.Zero && (comes - sample.Wanted).Duration() <= TimeSpan.FromTicks(1);
        });

    private static AckDeadlines Deadlines(string backoff) =>
        new(AckWait, [.. backoff.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(wait => TimeSpan.FromMilliseconds(int.Parse(wait, null)))]);
}
