using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers;

/// <summary>Finds out of many patterns those that have subjects in common with another one, without asking them all.</summary>
internal sealed class PatternIndex
{
    private readonly Node _root = new();
    private int _count;

    public PatternIndex(IEnumerable<SubjectPattern> patterns)
    {
        foreach (var pattern in patterns)
            Add(pattern);
    }

    public void Add(SubjectPattern pattern)
    {
        var node = _root;
        for (var i = 0; i < pattern.FixedLength; i++)
            node = node.Next(pattern.Tokens[i]);
        (pattern.HasRest ? node.Open : node.Closed).Add(_count++);
    }

    public bool AnyOverlaps(SubjectPattern pattern) => Overlapping(pattern).Any();

    /// <summary>The numbers, in no order, of the patterns that have subjects in common with this one: they were added as 0, 1, 2, …</summary>
    public IEnumerable<int> Overlapping(SubjectPattern pattern) => Overlapping(pattern, _root, 0);

    private static IEnumerable<int> Overlapping(SubjectPattern pattern, Node node, int depth)
    {
        if (depth == pattern.FixedLength)
            return !pattern.HasRest ? node.Closed : node.Children.SelectMany(All).Concat(node.Open);
        var token = pattern.Tokens[depth];
        var next = token.Kind == SubjectTokenKind.Any ? node.Children : node.Matching(token.Text);
        return node.Open.Concat(next.SelectMany(child => Overlapping(pattern, child, depth + 1)));
    }

    private static IEnumerable<int> All(Node node) => node.Closed.Concat(node.Open).Concat(node.Children.SelectMany(All));

    private sealed class Node
    {
        private Dictionary<string, Node>? _literals;
        private Node? _any;

        /// <summary>Those that end here.</summary>
        public List<int> Closed { get; } = [];

        /// <summary>Those that go on from here with <c>&gt;</c>.</summary>
        public List<int> Open { get; } = [];

        public IEnumerable<Node> Children => _any is null ? _literals?.Values ?? Enumerable.Empty<Node>() : (_literals?.Values ?? Enumerable.Empty<Node>()).Append(_any);

        public IEnumerable<Node> Matching(string literal)
        {
            if (_any is not null)
                yield return _any;
            if (_literals is not null && _literals.TryGetValue(literal, out var next))
                yield return next;
        }

        public Node Next(in SubjectToken token)
        {
            if (token.Kind == SubjectTokenKind.Any)
                return _any ??= new Node();
            _literals ??= new Dictionary<string, Node>(StringComparer.Ordinal);
            if (!_literals.TryGetValue(token.Text, out var next))
                _literals.Add(token.Text, next = new Node());
            return next;
        }
    }
}
