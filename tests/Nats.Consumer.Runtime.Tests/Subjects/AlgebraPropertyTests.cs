using FsCheck;
using FsCheck.Fluent;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

public class AlgebraPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true);

    [Fact]
    public void TryParse_AnyText_PointsIntoTheTextOrRoundTrips() => ForAll(SubjectArbitraries.Text, text =>
    {
        if (SubjectPattern.TryParse(text, out var pattern, out var error))
            return pattern.Text == text && SubjectPattern.Parse(pattern.Wire).Equals(pattern) && string.Join('.', pattern.Tokens) == text;
        return error.Position >= 0 && error.Length >= 0 && error.Position + error.Length <= text.Length
            && !error.Message.Any(char.IsControl) && error.Message.EndsWith('.');
    });

    [Fact]
    public void TryValidate_AnyText_AcceptsWhatParsesAsALiteral() => ForAll(SubjectArbitraries.Text, text =>
        !SubjectPattern.TryParse(text, out var pattern, out _) || Subject.TryValidate(text, out _) == pattern.IsLiteral);

    [Fact]
    public void Matches_SubjectMadeFromThePattern_IsTrue() => ForAll(SubjectArbitraries.Match, match =>
        match.Pattern.Matches(match.Subject) && Universe.NaiveMatches(match.Pattern.Wire, match.Subject));

    [Fact]
    public void Matches_SubjectMadeFromAnotherPattern_AgreesWithTheReference() =>
        Check.One(Thorough, Prop.ForAll(SubjectArbitraries.Match, SubjectArbitraries.Pattern, (match, pattern) =>
            pattern.Matches(match.Subject) == Universe.NaiveMatches(pattern.Wire, match.Subject)));

    [Fact]
    public void Matches_LiteralPattern_IsCoverage() => ForAll(SubjectArbitraries.Match, match =>
        match.Pattern.Covers(SubjectPattern.Parse(match.Subject)) && match.Pattern.Overlaps(SubjectPattern.Parse(match.Subject)));

    [Fact]
    public void Covers_Pair_MeansTheIntersectionIsTheOther() => ForAll(SubjectArbitraries.Pair, pair =>
        pair.Left.Covers(pair.Right) == (pair.Left.TryIntersect(pair.Right, out var both) && both.Equals(pair.Right)));

    [Fact]
    public void Covers_BothWays_MeansEqual() => ForAll(SubjectArbitraries.Pair, pair =>
        (pair.Left.Covers(pair.Right) && pair.Right.Covers(pair.Left)) == pair.Left.Equals(pair.Right));

    [Fact]
    public void Covers_StrictSubset_SortsLater() => ForAll(SubjectArbitraries.Pair, pair =>
        !pair.Left.Covers(pair.Right) || SubjectPattern.MostSpecificFirst.Compare(pair.Left, pair.Right) >= 0);

    [Fact]
    public void TryIntersect_Pair_IsCommutativeAndCoveredByBoth() => ForAll(SubjectArbitraries.Pair, pair =>
    {
        var overlaps = pair.Left.Overlaps(pair.Right);
        var found = pair.Left.TryIntersect(pair.Right, out var both);
        var reversed = pair.Right.TryIntersect(pair.Left, out var same);
        return found == overlaps && reversed == overlaps && pair.Right.Overlaps(pair.Left) == overlaps && Equals(both, same)
            && (both is null || (pair.Left.Covers(both) && pair.Right.Covers(both)));
    });

    [Fact]
    public void CommonCover_Pair_IsCoveredByEveryPatternThatCoversBoth() =>
        Check.One(Thorough, Prop.ForAll(SubjectArbitraries.Pair, SubjectArbitraries.Pattern, (pair, other) =>
        {
            var cover = pair.Left.CommonCover(pair.Right);
            return cover.Covers(pair.Left) && cover.Covers(pair.Right) && cover.Equals(pair.Right.CommonCover(pair.Left))
                && (!(other.Covers(pair.Left) && other.Covers(pair.Right)) || other.Covers(cover));
        }));

    [Fact]
    public void MinimalCover_Set_CoversEveryMemberAndIsItsOwnMinimalCover() => ForAll(SubjectArbitraries.Set, set =>
    {
        var cover = PatternSet.MinimalCover(set);
        return set.All(pattern => PatternSet.CoveredByUnion(pattern, cover))
            && cover.All(pattern => !PatternSet.CoveredByUnion(pattern, cover.Where(other => !ReferenceEquals(other, pattern))))
            && PatternSet.MinimalCover(cover).SequenceEqual(cover)
            && PatternSet.MinimalCover(set.Reverse()).Select(pattern => pattern.Text).SequenceEqual(cover.Select(pattern => pattern.Text));
    });

    [Fact]
    public void CommonCover_Set_CoversEveryMember() => ForAll(SubjectArbitraries.Set, set =>
        set.All(PatternSet.CommonCover(set).Covers) && PatternSet.CommonCover(set.Reverse()).Equals(PatternSet.CommonCover(set)));

    private static void ForAll<T>(Arbitrary<T> values, Func<T, bool> property) => Check.One(Thorough, Prop.ForAll(values, property));
}
