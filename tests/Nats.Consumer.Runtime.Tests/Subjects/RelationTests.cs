using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class RelationTests
{
    internal static IEnumerable<(SubjectPattern Left, SubjectPattern Right)> Pairs() =>
        Universe.PatternsAndParameters.SelectMany(_ => Universe.PatternsAndParameters, (left, right) => (left, right));

    [Fact]
    public void Equals_EveryPair_MeansTheSameSubjects()
    {
        foreach (var (left, right) in Pairs())
            left.Equals(right).ShouldBe(Universe.Language(left) == Universe.Language(right), $"{left} and {right}");
    }

    [Fact]
    public void Covers_EveryPair_MeansSuperset()
    {
        foreach (var (left, right) in Pairs())
            left.Covers(right).ShouldBe(Universe.IsSubset(Universe.Language(right), Universe.Language(left)), $"{left} and {right}");
    }

    [Fact]
    public void Overlaps_EveryPair_MeansACommonSubject()
    {
        foreach (var (left, right) in Pairs())
            left.Overlaps(right).ShouldBe(!(Universe.Language(left) & Universe.Language(right)).IsZero, $"{left} and {right}");
    }

    [Fact]
    public void TryIntersect_EveryPair_GivesExactlyTheCommonSubjects()
    {
        foreach (var (left, right) in Pairs())
        {
            left.TryIntersect(right, out var both).ShouldBe(left.Overlaps(right), $"{left} and {right}");
            if (both is not null)
                Universe.Language(both).ShouldBe(Universe.Language(left) & Universe.Language(right), $"{left} and {right} gave {both}");
        }
    }

    [Theory]
    [InlineData("orders.{id}.>", "orders.*.shipped", "orders.*.shipped")]
    [InlineData("{a}.b", "{b}.b", "*.b")]
    [InlineData("*.b.>", "a.>", "a.b.>")]
    [InlineData(">", ">", ">")]
    public void TryIntersect_Overlapping_GivesTheWireForm(string left, string right, string expected)
    {
        SubjectPattern.Parse(left).TryIntersect(SubjectPattern.Parse(right), out var both).ShouldBeTrue();
        both.Text.ShouldBe(expected);
    }
}
