using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>The index finds what asking every pattern finds.</summary>
public class PatternIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Overlapping_IsWhatOverlapsOneByOne(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 100; round++)
        {
            var patterns = Enumerable.Range(0, random.Next(0, 40)).Select(_ => Pattern(random)).ToList();
            var index = new PatternIndex(patterns);
            var asked = Pattern(random);
            index.Overlapping(asked).Order().ShouldBe(Enumerable.Range(0, patterns.Count).Where(i => patterns[i].Overlaps(asked)), $"{asked.Text} of {string.Join(' ', patterns.Select(pattern => pattern.Text))}");
            index.AnyOverlaps(asked).ShouldBe(patterns.Any(pattern => pattern.Overlaps(asked)));
        }
    }

    private static SubjectPattern Pattern(Random random)
    {
        string[] words = ["a", "b", "c", "*", "{name}"];
        string[] tokens = [.. Enumerable.Range(0, random.Next(0, 4)).Select(i => words[random.Next(words.Length)].Replace("name", $"name{i}", StringComparison.Ordinal))];
        return SubjectPattern.Parse(string.Join('.', tokens.Length == 0 || random.Next(3) == 0 ? [.. tokens, ">"] : tokens));
    }
}
