using Nats.Consumer.Routing;

namespace Nats.Consumer.InMemory.Broker;

/// <summary>All subscriptions, as a tree of tokens. A subject costs as many steps as it has tokens, whatever the number of subscriptions.</summary>
internal sealed class Interest
{
    private readonly Node _root = new();

    public void Add(Subscription subscription)
    {
        Node node = _root;
        ReadOnlySpan<byte> rest = subscription.Pattern.Utf8;
        for (bool isLast = false; !isLast;)
        {
            ReadOnlySpan<byte> token = Utf8Tokens.Next(ref rest, out isLast);
            if (isLast && token is [(byte)'>'])
            {
                (node.Rest ??= []).Add(subscription);
                return;
            }

            node = node.ChildFor(token);
        }

        (node.Here ??= []).Add(subscription);
    }

    public void Remove(Subscription subscription) => Remove(_root, subscription, subscription.Pattern.Utf8);

    /// <summary>Adds those to whom a subject goes; nobody when it has an empty token.</summary>
    public void Match(ReadOnlySpan<byte> subject, List<Subscription> matches)
    {
        if (HasEmptyToken(subject))
            return;
        Match(_root, subject, matches);
    }

    private static void Match(Node node, ReadOnlySpan<byte> rest, List<Subscription> matches)
    {
        if (node.Rest is { } open)
            matches.AddRange(open);
        ReadOnlySpan<byte> token = Utf8Tokens.Next(ref rest, out bool isLast);
        if (node.Any is { } any)
            Continue(any, rest, isLast, matches);
        if (node.TryGet(token, out Node? next))
            Continue(next, rest, isLast, matches);
    }

    private static void Continue(Node node, ReadOnlySpan<byte> rest, bool isLast, List<Subscription> matches)
    {
        if (!isLast)
            Match(node, rest, matches);
        else if (node.Here is { } here)
            matches.AddRange(here);
    }

    /// <returns>Whether the node is empty now.</returns>
    private static bool Remove(Node node, Subscription subscription, ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> token = Utf8Tokens.Next(ref rest, out bool isLast);
        if (isLast && token is [(byte)'>'])
        {
            node.Rest?.Remove(subscription);
        }
        else if (token is [(byte)'*'])
        {
            if (node.Any is { } any && RemoveBelow(any, subscription, rest, isLast))
                node.Any = null;
        }
        else if (node.TryGet(token, out Node? next) && RemoveBelow(next, subscription, rest, isLast))
        {
            node.Drop(token);
        }

        return node.IsEmpty;
    }

    private static bool RemoveBelow(Node node, Subscription subscription, ReadOnlySpan<byte> rest, bool isLast)
    {
        if (!isLast)
            return Remove(node, subscription, rest);
        node.Here?.Remove(subscription);
        return node.IsEmpty;
    }

    private static bool HasEmptyToken(ReadOnlySpan<byte> subject) =>
        subject.IsEmpty || subject[0] == (byte)'.' || subject[^1] == (byte)'.' || subject.IndexOf(".."u8) >= 0;

    private sealed class Node
    {
        private Dictionary<byte[], Node>? _literals;
        private Dictionary<byte[], Node>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

        public Node? Any { get; set; }

        /// <summary>Those whose pattern ends here.</summary>
        public List<Subscription>? Here { get; set; }

        /// <summary>Those whose pattern goes on with <c>&gt;</c>.</summary>
        public List<Subscription>? Rest { get; set; }

        public bool IsEmpty => Any is null && Here is not { Count: > 0 } && Rest is not { Count: > 0 } && _literals is not { Count: > 0 };

        public bool TryGet(ReadOnlySpan<byte> token, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Node? node)
        {
            node = null;
            return _literals is not null && _lookup.TryGetValue(token, out node);
        }

        public Node ChildFor(ReadOnlySpan<byte> token)
        {
            if (token is [(byte)'*'])
                return Any ??= new Node();
            if (_literals is null)
            {
                _literals = new Dictionary<byte[], Node>(Utf8Comparer.Instance);
                _lookup = _literals.GetAlternateLookup<ReadOnlySpan<byte>>();
            }

            if (!_lookup.TryGetValue(token, out Node? node))
                _literals.Add(token.ToArray(), node = new Node());
            return node;
        }

        public void Drop(ReadOnlySpan<byte> token) => _lookup.Remove(token);
    }
}
