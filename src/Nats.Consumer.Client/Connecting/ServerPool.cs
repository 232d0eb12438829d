namespace Nats.Consumer.Client.Connecting;

/// <summary>
/// The servers that may be connected to: those that were named, and those that the servers name themselves (<c>connect_urls</c> of INFO). Not safe for concurrent use with itself,
/// but for <see cref="Learn"/>, which the receive loop calls.
/// </summary>
internal sealed class ServerPool
{
    private readonly Lock _gate = new();
    private readonly Func<double> _random;
    private readonly List<ServerAddress> _named;
    private List<ServerAddress> _discovered = [];

    /// <param name="named">The servers of the URL.</param>
    /// <param name="shuffle">Whether to try them in random order, so that clients spread over a cluster.</param>
    /// <param name="random">Chance, [0, 1).</param>
    public ServerPool(IReadOnlyList<ServerAddress> named, bool shuffle, Func<double> random)
    {
        _random = random;
        _named = [.. named];
        if (shuffle)
            Shuffle(_named);
    }

    /// <summary>Takes over what a server says of its cluster: new servers join, those that it does not name any more leave; named ones always stay.</summary>
    /// <param name="info">What the server says.</param>
    /// <param name="from">The server that says it. The others share its credentials.</param>
    public void Learn(NatsServerInfo info, ServerAddress from)
    {
        var discovered = new List<ServerAddress>();
        foreach (string url in info.ConnectUrls)
        {
            if (ServerAddress.TryParseDiscovered(url, from, out ServerAddress? server) && !_named.Exists(server.IsSamePlace) && !discovered.Exists(server.IsSamePlace))
                discovered.Add(server);
        }

        Shuffle(discovered);
        lock (_gate)
            _discovered = discovered;
    }

    /// <summary>The servers in the order in which to try them now.</summary>
    /// <param name="last">The server of the connection that was lost; it is tried last, as it is the likeliest to be away.</param>
    public IReadOnlyList<ServerAddress> Round(ServerAddress? last)
    {
        List<ServerAddress> round;
        lock (_gate)
            round = [.. _named, .. _discovered];
        if (last is not null && round.RemoveAll(last.IsSamePlace) > 0)
            round.Add(last);
        return round;
    }

    private void Shuffle(List<ServerAddress> servers)
    {
        for (int i = servers.Count - 1; i > 0; i--)
        {
            int j = (int)(_random() * (i + 1));
            (servers[i], servers[j]) = (servers[j], servers[i]);
        }
    }
}
