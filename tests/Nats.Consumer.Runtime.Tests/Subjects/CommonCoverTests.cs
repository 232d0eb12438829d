using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class CommonCoverTests
{
    [Theory]
    [InlineData("a.b", "a.b")]
    [InlineData("a.b a.c", "a.*")]
    [InlineData("a.b.c a.d.c", "a.*.c")]
    [InlineData("a.b a.b.c", "a.>")]
    [InlineData("a a.b", ">")]
    [InlineData("a.> a.b.c", "a.>")]
    [InlineData("a.* a.*.>", "a.>")]
    [InlineData("orders.{id}.shipped orders.{id}.paid", "orders.*.*")]
    [InlineData("a.x.1 b.x.2.3 c.x.>", "*.x.>")]
    public void CommonCover_KnownSet_IsTheTightestPattern(string set, string expected) =>
        PatternSet.CommonCover(set.Split(' ').Select(SubjectPattern.Parse)).Wire.ShouldBe(expected);

    [Fact]
    public void CommonCover_RandomSets_CoversAllAndNothingTighterDoes()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var set = Universe.RandomSet(random, 5);
            var union = Universe.Union(set);
            var cover = PatternSet.CommonCover(set);

            Universe.IsSubset(union, Universe.Language(cover)).ShouldBeTrue();
            foreach (var other in Universe.Patterns.Where(other => Universe.IsSubset(union, Universe.Language(other))))
                Universe.IsSubset(Universe.Language(cover), Universe.Language(other)).ShouldBeTrue($"{other} is not as wide as {cover}");
        }
    }

    [Fact]
    public void CommonCover_EmptySet_Throws() => Should.Throw<InvalidOperationException>(() => PatternSet.CommonCover([]));
}
