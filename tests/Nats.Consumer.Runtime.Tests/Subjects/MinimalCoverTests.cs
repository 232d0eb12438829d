using System.Diagnostics;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class MinimalCoverTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a.* a.b a.> b", "a.> b")]
    [InlineData("a.* a.*.> a.>", "a.>")]
    [InlineData("a.* a.*.>", "a.* a.*.>")]
    [InlineData("a.*.> a.b.*.> *.b.* a.b.>", "a.*.> *.b.*")]
    [InlineData("a.b.> *.b.* *.*.*.>", "*.b.* *.*.*.>")]
    [InlineData("a.{y} a.{x} a.*", "a.*")]
    [InlineData("a.{y} a.{x}", "a.{x}")]
    public void MinimalCover_KnownSet_IsTheSmallestSubset(string set, string expected)
    {
        var patterns = set.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(SubjectPattern.Parse).ToArray();

        string.Join(' ', PatternSet.MinimalCover(patterns)).ShouldBe(expected);
        string.Join(' ', PatternSet.MinimalCover(patterns.Reverse())).ShouldBe(expected);
    }

    [Fact]
    public void MinimalCover_RandomSets_KeepsTheUnionWithoutRedundancy()
    {
        var random = new Random(2);
        for (var i = 0; i < 2_000; i++)
        {
            var set = Universe.RandomSet(random, 12);
            var cover = PatternSet.MinimalCover(set);

            cover.ShouldAllBe(member => set.Contains(member));
            Universe.Union(cover).ShouldBe(Universe.Union(set));
            foreach (var member in cover)
                Universe.Union(cover.Where(other => !ReferenceEquals(other, member))).ShouldNotBe(Universe.Union(set), $"{member} is redundant");
        }
    }

    [Fact]
    public void MinimalCover_RandomSets_NoSubsetIsSmaller()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var set = Universe.RandomSet(random, 7).Distinct().ToArray();
            var smallest = Enumerable.Range(1, (1 << set.Length) - 1)
                .Select(bits => set.Where((_, index) => (bits >> index & 1) == 1).ToArray())
                .Where(subset => Universe.Union(subset) == Universe.Union(set))
                .Min(subset => subset.Length);

            PatternSet.MinimalCover(set).Length.ShouldBe(smallest, string.Join(' ', set.AsEnumerable()));
        }
    }

    [Fact]
    public void MinimalCover_AnyOrderOfTheInput_GivesTheSameTexts()
    {
        var random = new Random(4);
        for (var i = 0; i < 500; i++)
        {
            var set = Universe.RandomSet(random, 12);
            var expected = PatternSet.MinimalCover(set).Select(pattern => pattern.Text).ToArray();

            random.Shuffle(set);
            PatternSet.MinimalCover(set).Select(pattern => pattern.Text).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("literals")]
    [InlineData("mixed")]
    [InlineData("deep")]
    [InlineData("antichain")]
    public void MinimalCover_TenThousandPatterns_IsNotQuadratic(string kind)
    {
        var patterns = Many(kind).Take(10_000).Select(SubjectPattern.Parse).ToArray();
        patterns.Length.ShouldBe(10_000);

        // Some hundred milliseconds; pairwise it would be minutes, and the run's hang detector would end it.
        var watch = Stopwatch.StartNew();
        PatternSet.MinimalCover(patterns).ShouldNotBeEmpty();
        TestContext.Current.SendDiagnosticMessage("{0}: {1} ms", kind, watch.ElapsedMilliseconds);
    }

    private static IEnumerable<string> Many(string kind) => kind switch
    {
        "literals" => Enumerable.Range(0, 10_000).Select(i => $"domain{i % 7}.tenant{i % 101}.entity{i}.created"),
        "mixed" => Enumerable.Range(0, 10_000).Select(i => i % 3 == 0 ? $"t{i % 500}.*.e{i}" : i % 3 == 1 ? $"t{i % 500}.e{i}.>" : $"t{i % 500}.e{i}.x{i}"),
        // All of them end in '>' and none covers another, so each asks for its union.
        "deep" => Enumerable.Range(0, 10_000).Select(i => string.Concat(Enumerable.Repeat("*.", i % 24)) + $"e{i}.>"),
        // Eight literals and eight stars in any order: no member covers another, and every walk branches at every literal.
        _ => Enumerable.Range(0, 1 << 16).Where(bits => int.PopCount(bits) == 8)
            .Select(bits => string.Join('.', Enumerable.Range(0, 16).Select(i => (bits >> i & 1) == 1 ? "a" : "*"))),
    };
}
