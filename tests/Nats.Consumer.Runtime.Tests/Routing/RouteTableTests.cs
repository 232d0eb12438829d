using System.Text;
using FsCheck.Fluent;
using Nats.Consumer.Routing;
using Nats.Consumer.Subjects;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Subjects;

namespace Nats.Consumer.Tests.Routing;

public class RouteTableTests
{
    [Fact]
    public void Find_EverySubjectAmongAllPatterns_IsTheMostSpecificMatch()
    {
        RouteTable table = new([.. Universe.Patterns.Select(Routes.Of)]);
        foreach (string subject in Universe.Subjects)
            Routes.Find(table, subject).ShouldBe(Routes.Expected(Universe.Patterns, subject), subject);
    }

    [Fact]
    public void Find_EverySubjectAmongEveryPairOfPatterns_IsTheMostSpecificMatch()
    {
        IReadOnlyList<SubjectPattern> patterns = Universe.Patterns;
        string[] subjects = [.. Universe.Subjects.Where(subject => subject.Length <= 7)];
        for (int i = 0; i < patterns.Count; i++)
        {
            for (int j = i + 1; j < patterns.Count; j++)
            {
                SubjectPattern[] pair = [patterns[i], patterns[j]];
                RouteTable table = new([.. pair.Select(Routes.Of)]);
                foreach (string subject in subjects)
                {
                    string? expected = Routes.Expected(pair, subject);
                    if (Routes.Find(table, subject) != expected)
                        Assert.Fail($"{patterns[i]}, {patterns[j]}: {subject} should go to {expected}");
                }
            }
        }
    }

    [Fact]
    public void Find_RandomPatternsAndSubjects_IsTheMostSpecificMatch() => Samples.ForAll(
        from set in SubjectArbitraries.Set.Generator
        from match in SubjectArbitraries.Match.Generator
        select (Patterns: set.Append(match.Pattern).Distinct().ToArray(), match.Subject),
        sample => Routes.Find(new RouteTable([.. sample.Patterns.Select(Routes.Of)]), sample.Subject) == Routes.Expected(sample.Patterns, sample.Subject),
        runs: 2_000);

    [Fact]
    public void Find_OrderOfRoutes_DoesNotMatter() => Samples.ForAll(
        from set in SubjectArbitraries.Set.Generator from match in SubjectArbitraries.Match.Generator select (Patterns: set.Append(match.Pattern).Distinct().ToArray(), match.Subject),
        sample => Routes.Find(new RouteTable([.. sample.Patterns.Select(Routes.Of)]), sample.Subject)
            == Routes.Find(new RouteTable([.. sample.Patterns.Reverse().Select(Routes.Of)]), sample.Subject));

    [Theory]
    [InlineData("a.b.c", "a.*.d", "a.b.x", null)]
    [InlineData("a.b.c", "*.b.x", "a.b.x", "*.b.x")] // back from the literal branch
    [InlineData("a.b.>", "a.*.c", "a.b.c", "a.b.>")] // the first token that differs decides, not the last
    [InlineData("a.>", "a.*", "a.b", "a.*")]
    [InlineData("a.>", "a.*", "a.b.c", "a.>")]
    [InlineData("a.>", ">", "a", ">")]
    public void Find_TwoPatterns_TakesThisOne(string first, string second, string subject, string? expected) =>
        Routes.Find(Routes.Table(first, second), subject).ShouldBe(expected);

    [Fact]
    public void Find_EmptyTable_IsNull() => Routes.Find(Routes.Table(), "a").ShouldBeNull();

    [Theory]
    [InlineData("größe.日本", "größe.日本")]
    [InlineData("größe.x", "größe.*")]
    [InlineData("grösse.日本", "*.日本")]
    [InlineData("GRÖSSE.x", null)]
    public void Find_Utf8Subject_ComparesBytes(string subject, string? expected) =>
        Routes.Find(Routes.Table("größe.日本", "größe.*", "*.日本"), subject).ShouldBe(expected);

    [Fact]
    public void Find_TenThousandPatterns_FindsEach()
    {
        string[] patterns = [.. Enumerable.Range(0, 2_500).SelectMany(i => new[] { $"orders.{i}.created", $"orders.{i}.*", $"*.{i}.{{what}}.x", $"orders.{i}.y.>" })];
        RouteTable table = Routes.Table(patterns);
        for (int i = 0; i < 2_500; i += 7)
        {
            Routes.Find(table, $"orders.{i}.created").ShouldBe($"orders.{i}.created");
            Routes.Find(table, $"orders.{i}.deleted").ShouldBe($"orders.{i}.*");
            Routes.Find(table, $"other.{i}.deleted.x").ShouldBe($"*.{i}.{{what}}.x");
            Routes.Find(table, $"orders.{i}.y.x").ShouldBe($"orders.{i}.y.>");
        }

        Routes.Find(table, "orders.2500.created").ShouldBeNull();
    }

    [Fact]
    public void Find_Never_Allocates()
    {
        RouteTable table = Routes.Table("orders.created", "orders.*", "orders.{id}.shipped", "größe.>", "*.x.*.y.>");
        byte[][] subjects = [.. new[] { "orders.created", "orders.deleted", "orders.42.shipped", "größe.日本.1", "a.x.b.y.c.d", "nothing.at.all" }.Select(Encoding.UTF8.GetBytes)];
        (int runs, int found) = (0, 0);
        Allocation.Of(1_000, () =>
        {
            runs++;
            foreach (byte[] subject in subjects)
                found += table.Find(subject) is null ? 0 : 1;
        }).ShouldBe(0);
        found.ShouldBe(5 * runs);
    }
}
