using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Nats.Consumer.Subjects;

/// <summary>Sets of patterns, which stand for the union of what their members match.</summary>
internal static class PatternSet
{
    /// <summary>
    /// Whether every subject of the pattern matches some member, which need not be the same one:
    /// <c>a.*</c> and <c>a.*.&gt;</c> together cover <c>a.&gt;</c>.
    /// </summary>
    public static bool CoveredByUnion(SubjectPattern pattern, IEnumerable<SubjectPattern> set) => new PatternTrie(set).CoversByUnion(pattern);

    /// <summary>
    /// The smallest subset with the same union, most specific first. There is only one: after everything that a single member covers is gone, a
    /// member can be covered only by members that reach deeper, so whatever is redundant can go at once without uncovering anything.
    /// Of members that differ in the names of parameters only, the ordinally first text stays.
    /// </summary>
    public static ImmutableArray<SubjectPattern> MinimalCover(IEnumerable<SubjectPattern> set)
    {
        var distinct = set.OrderBy(pattern => pattern.Text, StringComparer.Ordinal).Distinct().ToList();
        var all = new PatternTrie(distinct);
        var widest = distinct.Where(pattern => !all.CoversByOne(pattern, except: pattern)).ToList();
        var candidates = new PatternTrie(widest);
        return widest
            .Where(pattern => !candidates.CoversByUnion(pattern, except: pattern))
            .OrderBy(pattern => pattern, SubjectPattern.MostSpecificFirst)
            .ToImmutableArray();
    }

    /// <summary>The tightest single pattern that covers every member, for servers that take one filter only. The set must not be empty.</summary>
    public static SubjectPattern CommonCover(IEnumerable<SubjectPattern> set) => set.Aggregate((cover, pattern) => cover.CommonCover(pattern));
}
