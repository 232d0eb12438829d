using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class AllocationTests
{
    private static readonly SubjectPattern[] Patterns =
        [.. new[] { "a.b.c", "a.{id}.c", "a.>", ">", "*.*.*", "x.y", "a.b.c.d.>" }.Select(SubjectPattern.Parse)];

    private static readonly string[] Subjects = ["a.b.c", "a.b.d", "a", "x.y", "a.b.c.d.e", "a..b", "größe.日本"];

    [Fact]
    public void Matches_Never_Allocates() => ShouldNotAllocate(() =>
    {
        var hits = 0;
        foreach (var pattern in Patterns)
        {
            foreach (var subject in Subjects)
                hits += pattern.Matches(subject) ? 1 : 0;
        }
        return hits;
    });

    [Fact]
    public void CoversOverlapsAndCompare_Never_Allocate() => ShouldNotAllocate(() =>
    {
        var hits = 0;
        foreach (var left in Patterns)
        {
            foreach (var right in Patterns)
                hits += (left.Covers(right) ? 1 : 0) + (left.Overlaps(right) ? 1 : 0) + (SubjectPattern.MostSpecificFirst.Compare(left, right) < 0 ? 1 : 0);
        }
        return hits;
    });

    [Fact]
    public void TryIntersect_Disjoint_DoesNotAllocate()
    {
        var left = SubjectPattern.Parse("a.*");
        var right = SubjectPattern.Parse("b.>");
        ShouldNotAllocate(() => left.TryIntersect(right, out _) ? 0 : 1);
    }

    [Fact]
    public void TryValidate_ValidSubject_DoesNotAllocate() => ShouldNotAllocate(() => Subject.TryValidate("orders.42.größe.{x", out _) ? 1 : 0);

    private static void ShouldNotAllocate(Func<int> action)
    {
        for (var i = 0; i < 100; i++)
            action().ShouldBeGreaterThan(0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            action();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
