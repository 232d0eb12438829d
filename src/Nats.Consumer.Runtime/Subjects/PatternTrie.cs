using System;
using System.Collections.Generic;

namespace Nats.Consumer.Subjects;

/// <summary>
/// A set of patterns that answers which of its members cover a given pattern, in steps that depend on the tokens asked for and hardly on
/// the size of the set. Wide branches are tried first: they are the likeliest to cover.
/// </summary>
internal sealed class PatternTrie
{
    private readonly Node _root = new();
    private int _longest;

    public PatternTrie(IEnumerable<SubjectPattern> patterns)
    {
        foreach (var pattern in patterns)
            Add(pattern);
    }

    /// <summary>Whether one member, other than <paramref name="except"/>, covers the pattern.</summary>
    public bool CoversByOne(SubjectPattern pattern, SubjectPattern? except = null) =>
        Covers(new Query(pattern, pattern.FixedLength, pattern.HasRest, except), _root, 0);

    /// <summary>
    /// Whether all members together, without <paramref name="except"/>, cover the pattern. Tokens are unbounded, so among the subjects of one
    /// length there is always one with tokens that no member names: a single member must cover each length. Of the lengths that <c>&gt;</c>
    /// takes only those up to one beyond the longest member need to be asked; from there on only members with <c>&gt;</c> count, and they
    /// cover every longer one as well.
    /// </summary>
    public bool CoversByUnion(SubjectPattern pattern, SubjectPattern? except = null)
    {
        if (CoversByOne(pattern, except))
            return true;
        if (!pattern.HasRest)
            return false;
        for (var length = pattern.Tokens.Length; length <= Math.Max(pattern.Tokens.Length, _longest + 1); length++)
        {
            if (!Covers(new Query(pattern, length, hasRest: false, except), _root, 0))
                return false;
        }
        return true;
    }

    private static bool Covers(in Query query, Node node, int depth)
    {
        var tokensLeft = depth < query.Length;
        if ((tokensLeft || query.HasRest) && node.Open is not null && !node.Open.Equals(query.Except))
            return true;
        if (!tokensLeft)
            return !query.HasRest && node.Closed is not null && !node.Closed.Equals(query.Except);
        if (node.Any is not null && Covers(query, node.Any, depth + 1))
            return true;
        if (query.LiteralAt(depth) is not { } literal || node.Literals is null)
            return false;
        return node.Literals.TryGetValue(literal, out var next) && Covers(query, next, depth + 1);
    }

    private void Add(SubjectPattern pattern)
    {
        var node = _root;
        for (var i = 0; i < pattern.FixedLength; i++)
            node = pattern.Tokens[i].Kind == SubjectTokenKind.Any ? node.Any ??= new Node() : node.Literal(pattern.Tokens[i].Text);
        if (pattern.HasRest)
            node.Open = pattern;
        else
            node.Closed = pattern;
        _longest = Math.Max(_longest, pattern.Tokens.Length);
    }

    /// <summary>The fixed tokens of a pattern, continued by <c>*</c> up to a length, and possibly <c>&gt;</c> after that.</summary>
    private readonly struct Query(SubjectPattern pattern, int length, bool hasRest, SubjectPattern? except)
    {
        public int Length { get; } = length;

        public bool HasRest { get; } = hasRest;

        public SubjectPattern? Except { get; } = except;

        public string? LiteralAt(int index) =>
            index < pattern.FixedLength && pattern.Tokens[index].Kind == SubjectTokenKind.Literal ? pattern.Tokens[index].Text : null;
    }

    private sealed class Node
    {
        public Dictionary<string, Node>? Literals;
        public Node? Any;

        /// <summary>The member that ends here.</summary>
        public SubjectPattern? Closed;

        /// <summary>The member that goes on from here with <c>&gt;</c>.</summary>
        public SubjectPattern? Open;

        public Node Literal(string text)
        {
            Literals ??= new Dictionary<string, Node>(StringComparer.Ordinal);
            if (!Literals.TryGetValue(text, out var next))
                Literals.Add(text, next = new Node());
            return next;
        }
    }
}
