using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nats.Consumer.Client.Tests.Tls;

/// <summary>Where an authority publishes its revocation list.</summary>
internal sealed class RevocationListServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;
    private int _asked;

    public RevocationListServer()
    {
        _listener.Start();
        // Lists are cached on disk by their address, so that one is never used twice.
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{Guid.NewGuid():N}.crl";
        _serving = Task.Run(ServeAsync);
    }

    public string Url { get; }

    /// <summary>What it answers with; <see langword="null"/> for an error.</summary>
    public byte[]? List { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync();
            Stream stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
                // the request, of which there is one kind
            }

            Interlocked.Increment(ref _asked);
            string status = List is null ? "404 Not Found" : "200 OK";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/pkix-crl\r\nContent-Length: {List?.Length ?? 0}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(List ?? []);
        }
    }
}
