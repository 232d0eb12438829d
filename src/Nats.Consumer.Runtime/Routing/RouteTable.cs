using System.Text;
using Nats.Consumer.Subjects;
using ByTokens = System.Collections.Generic.Dictionary<byte[], Nats.Consumer.Routing.RouteTable.Node>.AlternateLookup<System.ReadOnlySpan<byte>>;

namespace Nats.Consumer.Routing;

/// <summary>
/// The routes of one handler class, compiled once: a dictionary for subjects without wildcards, a trie for patterns. The most specific pattern wins;
/// a lookup costs the number of tokens, whatever the number of patterns, and allocates nothing.
/// </summary>
internal sealed class RouteTable
{
    private readonly Dictionary<byte[], Route>.AlternateLookup<ReadOnlySpan<byte>> _exact;
    private readonly Node _root = new();

    /// <exception cref="ArgumentException">Two routes take the same set of subjects.</exception>
    public RouteTable(IReadOnlyList<Route> routes)
    {
        Routes = routes;
        var exact = new Dictionary<byte[], Route>(Utf8Comparer.Instance);
        var seen = new Dictionary<SubjectPattern, Route>();
        foreach (Route route in routes)
        {
            if (!seen.TryAdd(route.Pattern, route))
                throw new ArgumentException(Duplicate(seen[route.Pattern], route));
            if (route.Pattern.IsLiteral)
                exact[Encoding.UTF8.GetBytes(route.Pattern.Wire)] = route;
            else
                _root.Add(route.Pattern, 0, route);
        }

        _exact = exact.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public IReadOnlyList<Route> Routes { get; }

    /// <summary>The route of the most specific pattern that matches.</summary>
    public Route? Find(ReadOnlySpan<byte> subject) => _exact.TryGetValue(subject, out Route? route) ? route : _root.Find(subject);

    private static string Duplicate(Route first, Route second) => first.Method == second.Method
        ? $"{first.Method.DisplayName} handles '{first.Pattern.Text}' twice{(first.Pattern.Text == second.Pattern.Text ? "" : $", the second time as '{second.Pattern.Text}'")}. "
            + "State each subject once; an override has the [Handle] of what it overrides."
        : first.Pattern.Text == second.Pattern.Text
        ? $"{second.Method.DisplayName} and {first.Method.DisplayName} both handle '{first.Pattern.Text}'. Within a class each subject has one handler: remove one [Handle], or change its subject."
        : $"{second.Method.DisplayName} handles '{second.Pattern.Text}' and {first.Method.DisplayName} handles '{first.Pattern.Text}', which are the same subjects. "
            + "Within a class each subject has one handler: remove one [Handle], or change its subject.";

    internal sealed class Node
    {
        private readonly Dictionary<byte[], Node> _literals = new(Utf8Comparer.Instance);
        private readonly ByTokens _byToken;
        private Node? _any;
        private Route? _rest;
        private Route? _here;

        public Node() => _byToken = _literals.GetAlternateLookup<ReadOnlySpan<byte>>();

        public void Add(SubjectPattern pattern, int index, Route route)
        {
            if (index == pattern.Tokens.Length)
            {
                _here = route;
                return;
            }

            SubjectToken token = pattern.Tokens[index];
            switch (token.Kind)
            {
                case SubjectTokenKind.Rest:
                    _rest = route;
                    break;
                case SubjectTokenKind.Any:
                    (_any ??= new Node()).Add(pattern, index + 1, route);
                    break;
                default:
                    byte[] key = Encoding.UTF8.GetBytes(token.Text);
                    if (!_literals.TryGetValue(key, out Node? next))
                        _literals[key] = next = new Node();
                    next.Add(pattern, index + 1, route);
                    break;
            }
        }

        // Literal, then *, then >: at the first token where two matching patterns differ the more specific one is tried first.
        public Route? Find(ReadOnlySpan<byte> rest)
        {
            ReadOnlySpan<byte> token = Utf8Tokens.Next(ref rest, out bool isLast);
            if (_byToken.TryGetValue(token, out Node? next) && (isLast ? next._here : next.Find(rest)) is { } literal)
                return literal;
            if (_any is not null && (isLast ? _any._here : _any.Find(rest)) is { } any)
                return any;
            return _rest;
        }
    }
}
