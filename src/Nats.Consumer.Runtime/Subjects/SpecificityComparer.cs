using System;
using System.Collections.Generic;

namespace Nats.Consumer.Subjects;

/// <summary>
/// Lexicographic over tokens, hence transitive. It separates overlapping patterns by kind alone: where they first differ they cannot both be
/// literal, and one cannot have ended, because then they would have no length in common.
/// </summary>
internal sealed class SpecificityComparer : IComparer<SubjectPattern>
{
    public int Compare(SubjectPattern? x, SubjectPattern? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        for (var i = 0; i < Math.Min(x.Tokens.Length, y.Tokens.Length); i++)
        {
            var order = x.Tokens[i].CompareTo(y.Tokens[i]);
            if (order != 0)
                return order;
        }
        return x.Tokens.Length.CompareTo(y.Tokens.Length);
    }
}
