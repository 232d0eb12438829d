using System.Net;
using System.Net.Sockets;

namespace Nats.Consumer.Client.Tests.Support;

/// <summary>
/// Stands between a client and a real server and cuts: each connection ends after a random number of bytes, in the middle of whatever is on the way. After
/// <see cref="StopCutting"/> it only passes on.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Random _random;
    private readonly int _mostBytes;
    private readonly Task _accepting;
    private volatile bool _cutting = true;
    private int _cuts;

    /// <param name="target">The server's port.</param>
    /// <param name="seed">Makes the cuts repeatable as far as the network is.</param>
    /// <param name="mostBytes">How many bytes a connection passes on at the most before it is cut, both ways together.</param>
    public CuttingProxy(int target, int seed, int mostBytes)
    {
        (_target, _random, _mostBytes) = (target, new Random(seed), mostBytes);
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public string Url => $"nats://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Cuts => Volatile.Read(ref _cuts);

    public void StopCutting() => _cutting = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client = await _listener.AcceptSocketAsync(_stop.Token);
            int budget = _random.Next(400, _mostBytes); // enough for a greeting
            _ = PassOnAsync(client, new Budget(budget));
        }
    }

    private async Task PassOnAsync(Socket client, Budget budget)
    {
        using (client)
        using (var server = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            await Task.WhenAny(CopyAsync(client, server, budget, end.Token), CopyAsync(server, client, budget, end.Token));
            await end.CancelAsync();
        }
    }

    private async Task CopyAsync(Socket from, Socket to, Budget budget, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            int count = await from.ReceiveAsync(buffer, cancellationToken);
            if (count == 0)
                return;
            int allowed = _cutting ? budget.Take(count) : count;
            await to.SendAsync(buffer.AsMemory(0, allowed), cancellationToken);
            if (allowed < count)
            {
                Interlocked.Increment(ref _cuts);
                return;
            }
        }
    }

    private sealed class Budget(int bytes)
    {
        private int _left = bytes;

        public int Take(int count)
        {
            int left = Interlocked.Add(ref _left, -count);
            return left >= 0 ? count : Math.Max(0, count + left);
        }
    }
}
