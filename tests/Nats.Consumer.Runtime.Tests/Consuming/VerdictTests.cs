using FsCheck;
using FsCheck.Fluent;
using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

public class VerdictTests
{
    private static readonly TimeSpan Policy = TimeSpan.FromSeconds(5);

    private static readonly Gen<Verdict> AnyVerdict =
        from outcome in Gen.Elements(
            Outcome.Ack, Outcome.Retry, Outcome.RetryAfter(TimeSpan.Zero), Outcome.RetryAfter(TimeSpan.FromSeconds(1)), Outcome.RetryAfter(TimeSpan.FromSeconds(9)),
            Outcome.Drop("old"), Outcome.DeadLetter("broken"))
        from error in Gen.Elements<Exception?>(null, new InvalidOperationException(), new FormatException())
        select new Verdict(outcome, error);

    private static readonly Gen<(Verdict A, Verdict B, Verdict C)> Three = from a in AnyVerdict from b in AnyVerdict from c in AnyVerdict select (a, b, c);

    [Fact]
    public void And_AnyThree_DecidesTheSameHoweverGrouped() => Samples.ForAll(Three, x =>
    {
        Verdict left = x.A.And(x.B).And(x.C);
        Verdict right = x.A.And(x.B.And(x.C));
        return left.Outcome.Kind == right.Outcome.Kind && left.DelayOr(Policy) == right.DelayOr(Policy) && (left.Error is null) == (right.Error is null);
    }, runs: 3_000);

    [Fact]
    public void And_AnyTwo_DecidesTheSameInEitherOrder() => Samples.ForAll(Three, x =>
    {
        Verdict one = x.A.And(x.B);
        Verdict other = x.B.And(x.A);
        return one.Outcome.Kind == other.Outcome.Kind && one.DelayOr(Policy) == other.DelayOr(Policy) && (one.Error is null) == (other.Error is null);
    });

    [Fact]
    public void And_AnyTwo_IsTheGraverAndKeepsAnError() => Samples.ForAll(Three, x =>
    {
        Verdict both = x.A.And(x.B);
        OutcomeKind gravest = (OutcomeKind)Math.Max((int)x.A.Outcome.Kind, (int)x.B.Outcome.Kind);
        return both.Outcome.Kind == gravest && (both.Error is null) == (x.A.Error is null && x.B.Error is null) && default(Verdict).And(x.A) == x.A;
    });

    [Fact]
    public void And_TwoRetries_WaitTheLongerTime()
    {
        Verdict soon = Retry(Outcome.RetryAfter(TimeSpan.Zero));
        Verdict late = Retry(Outcome.RetryAfter(TimeSpan.FromSeconds(9)));
        Verdict byPolicy = Retry(Outcome.Retry);
        soon.And(late).DelayOr(Policy).ShouldBe(TimeSpan.FromSeconds(9));
        soon.And(byPolicy).DelayOr(Policy).ShouldBe(Policy);
        byPolicy.And(late).DelayOr(Policy).ShouldBe(TimeSpan.FromSeconds(9));
        byPolicy.And(soon).And(soon).DelayOr(Policy).ShouldBe(Policy);
        soon.DelayOr(Policy).ShouldBe(TimeSpan.Zero);
        byPolicy.DelayOr(Policy).ShouldBe(Policy);
    }

    [Fact]
    public void And_GraverWithItsOwnError_KeepsThatError()
    {
        var payload = new FormatException();
        var other = new InvalidOperationException();
        new Verdict(Outcome.DeadLetter("broken"), payload).And(new Verdict(Outcome.Retry, other)).Error.ShouldBe(payload);
        new Verdict(Outcome.Retry, other).And(new Verdict(Outcome.DeadLetter("broken"), payload)).Error.ShouldBe(payload);
    }

    private static Verdict Retry(Outcome outcome) => new(outcome, null);
}
