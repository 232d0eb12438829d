using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class SpecificityTests
{
    private static readonly IComparer<SubjectPattern> Order = SubjectPattern.MostSpecificFirst;

    [Fact]
    public void MostSpecificFirst_Sorts_LeftToRightLiteralStarRest()
    {
        string[] sorted = ["a.b.c", "a.b.*", "a.b.>", "a.*.c", "a.*.>", "a.>", "*.b.c", "*.>", ">"];
        var patterns = sorted.Reverse().Select(SubjectPattern.Parse);

        patterns.Order(Order).Select(pattern => pattern.Wire).ShouldBe(sorted);
    }

    [Fact]
    public void MostSpecificFirst_NotOverlapping_FallsBackToOrdinalThenLength()
    {
        string[] sorted = ["B", "a", "a.b", "b", "ä"];

        sorted.Reverse().Select(SubjectPattern.Parse).Order(Order).Select(pattern => pattern.Wire).ShouldBe(sorted);
    }

    [Fact]
    public void MostSpecificFirst_EveryPair_IsAntisymmetricAndZeroOnlyWhenEqual()
    {
        foreach (var (left, right) in RelationTests.Pairs())
        {
            Math.Sign(Order.Compare(left, right)).ShouldBe(-Math.Sign(Order.Compare(right, left)), $"{left} and {right}");
            (Order.Compare(left, right) == 0).ShouldBe(left.Equals(right), $"{left} and {right}");
        }
    }

    [Fact]
    public void MostSpecificFirst_EveryStrictSubset_ComesFirst()
    {
        foreach (var (left, right) in RelationTests.Pairs().Where(pair => !pair.Left.Equals(pair.Right)))
        {
            if (Universe.IsSubset(Universe.Language(left), Universe.Language(right)))
                Order.Compare(left, right).ShouldBeLessThan(0, $"{left} and {right}");
        }
    }

    [Fact]
    public void MostSpecificFirst_EveryOverlappingPair_IsDecidedByTheKindOfAToken()
    {
        foreach (var (left, right) in RelationTests.Pairs().Where(pair => !pair.Left.Equals(pair.Right) && pair.Left.Overlaps(pair.Right)))
        {
            var (leftToken, rightToken) = left.Tokens.Zip(right.Tokens).First(tokens => tokens.First.Text != tokens.Second.Text);
            leftToken.Kind.ShouldNotBe(rightToken.Kind, $"{left} and {right}");
        }
    }

    [Fact]
    public void MostSpecificFirst_EveryTriple_IsTransitive()
    {
        var patterns = Universe.Patterns;
        foreach (var a in patterns)
        {
            foreach (var b in patterns.Where(b => Order.Compare(a, b) < 0))
            {
                foreach (var c in patterns.Where(c => Order.Compare(b, c) < 0))
                    Order.Compare(a, c).ShouldBeLessThan(0);
            }
        }
    }

    [Fact]
    public void MostSpecificFirst_Null_SortsFirst()
    {
        Order.Compare(null, SubjectPattern.Parse("a")).ShouldBeLessThan(0);
        Order.Compare(SubjectPattern.Parse("a"), null).ShouldBeGreaterThan(0);
        Order.Compare(null, null).ShouldBe(0);
    }
}
