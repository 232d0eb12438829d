using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class UnionTests
{
    [Theory]
    [InlineData("a.>", "a.* a.*.>", true)]
    [InlineData("a.>", "a.* a.*.* a.*.*.>", true)]
    [InlineData("a.>", "a.* a.*.*.>", false)]
    [InlineData("a.>", "a.*.>", false)]
    [InlineData("a.>", "a.* a.*.*", false)]
    [InlineData("a.>", "*.>", true)]
    [InlineData("a.b", "a.*", true)]
    [InlineData("a.*", "a.b a.c", false)]
    [InlineData("a.*.>", "a.b.> a.*.*  a.*.*.>", true)]
    [InlineData("*.x.>", "*.* *.*.* *.x.*.* *.*.*.*.>", true)]
    [InlineData("a.b.c.d.e.>", "a.* >", true)]
    [InlineData("a", "a.>", false)]
    [InlineData("a", "", false)]
    public void CoveredByUnion_KnownSet_IsExact(string pattern, string set, bool expected) =>
        PatternSet.CoveredByUnion(SubjectPattern.Parse(pattern), Parse(set)).ShouldBe(expected);

    [Fact]
    public void CoveredByUnion_RandomSets_AgreesWithCounting()
    {
        var random = new Random(1);
        var covered = 0;
        for (var i = 0; i < 400; i++)
        {
            var set = Universe.RandomSet(random, 12);
            var union = Universe.Union(set);
            foreach (var pattern in Universe.PatternsAndParameters)
            {
                var expected = Universe.IsSubset(Universe.Language(pattern), union);
                PatternSet.CoveredByUnion(pattern, set).ShouldBe(expected, $"{pattern} by {string.Join(' ', set.AsEnumerable())}");
                covered += expected && !set.Any(member => member.Covers(pattern)) ? 1 : 0;
            }
        }
        covered.ShouldBeGreaterThan(50, "sets in which only the union covers must occur");
    }

    private static IEnumerable<SubjectPattern> Parse(string set) => set.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(SubjectPattern.Parse);
}
