using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class MatchesTests
{
    [Theory]
    [InlineData("a.>", "a", false)]
    [InlineData("a.>", "a.b", true)]
    [InlineData("a.>", "a.b.c", true)]
    [InlineData("a.>", "ab.c", false)]
    [InlineData(">", "a", true)]
    [InlineData("*", "a.b", false)]
    [InlineData("a.*", "a.B", true)]
    [InlineData("a.b", "a.B", false)]
    [InlineData("a.*.c", "a.b.c", true)]
    [InlineData("a.{id}.c", "a.b.c", true)]
    [InlineData("a.*.c", "a.b", false)]
    [InlineData("a.*", "a.b*", true)]
    public void Matches_Subject_FollowsTheServer(string pattern, string subject, bool expected) =>
        SubjectPattern.Parse(pattern).Matches(subject).ShouldBe(expected);

    [Theory]
    [InlineData(">", "")]
    [InlineData("*", "")]
    [InlineData("a.*", "a.")]
    [InlineData("a.>", "a.")]
    [InlineData("*.a", ".a")]
    [InlineData("a.*.b", "a..b")]
    [InlineData("a.>", "a..b")]
    [InlineData("a.>", "a.b..c")]
    [InlineData("a.>", "a.b.")]
    public void Matches_SubjectWithAnEmptyToken_IsFalse(string pattern, string subject) =>
        SubjectPattern.Parse(pattern).Matches(subject).ShouldBeFalse();

    [Fact]
    public void Matches_EveryPatternAndSubject_AgreesWithTheReference()
    {
        foreach (var pattern in Universe.PatternsAndParameters)
        {
            for (var i = 0; i < Universe.Subjects.Count; i++)
                pattern.Matches(Universe.Subjects[i]).ShouldBe(!((Universe.Language(pattern) >> i) & 1).IsZero, $"{pattern} and {Universe.Subjects[i]}");
        }
    }
}
