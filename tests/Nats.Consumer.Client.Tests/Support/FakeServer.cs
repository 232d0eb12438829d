using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Nats.Consumer.Client.Tests.Support;

/// <summary>A server that does as it is told, on a port that was free. Settings hold for the clients that come after they were set.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly Channel<FakeClient> _connected = Channel.CreateUnbounded<FakeClient>();
    private readonly Lock _gate = new();
    private readonly List<FakeClient> _clients = [];
    private TcpListener _listener;
    private int _accepted;

    public FakeServer()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    public int Port { get; }

    public string Url => $"nats://127.0.0.1:{Port}";

    /// <summary>What a client is greeted with; <see langword="null"/> for silence.</summary>
    public string? Greeting { get; set; } = """INFO {"server_id":"FAKE","version":"2.99.1","max_payload":1048576,"headers":true}""";

    /// <summary>The error that answers CONNECT, after which the client is cut off; <see langword="null"/> for a welcome.</summary>
    public string? Refusal { get; set; }

    /// <summary>Whether the PING behind CONNECT is answered.</summary>
    public bool AnswersConnect { get; set; } = true;

    /// <summary>How many clients have come, welcome or not.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>The next client that has shaken hands.</summary>
    public Task<FakeClient> NextClientAsync() => _connected.Reader.ReadAsync().WithinDeadline();

    /// <summary>Takes no more clients. Those who are there stay.</summary>
    public void StopListening() => _listener.Stop();

    public void ListenAgain()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Stop();
        lock (_gate)
            _clients.ForEach(client => client.Dispose());
        return ValueTask.CompletedTask;
    }

    internal void Welcome(FakeClient client) => _connected.Writer.TryWrite(client);

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                Socket socket = await listener.AcceptSocketAsync();
                var client = new FakeClient(this, socket);
                lock (_gate)
                    _clients.Add(client);
                Interlocked.Increment(ref _accepted);
                _ = client.RunAsync();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // stopped
        }
    }
}
