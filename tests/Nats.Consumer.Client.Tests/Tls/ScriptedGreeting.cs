using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nats.Consumer.Client.Tests.Tls;

/// <summary>Says its text to each client, optionally a second one to whatever comes back, and keeps what the clients sent.</summary>
internal sealed class ScriptedGreeting : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly MemoryStream _received = new();
    private readonly string _greeting;
    private readonly string? _answer;
    private readonly Task _loop;

    public ScriptedGreeting(string greeting, string? answer = null)
    {
        (_greeting, _answer) = (greeting, answer);
        _listener.Start();
        _loop = Task.Run(RunAsync);
    }

    public string Authority => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>All that clients sent until they hung up.</summary>
    public async Task<byte[]> ReceivedAsync()
    {
        await DisposeAsync();
        return _received.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(_greeting));
            byte[] buffer = new byte[4096];
            int count;
            while ((count = await stream.ReadAsync(buffer)) > 0)
            {
                _received.Write(buffer.AsSpan(0, count));
                if (_answer is null)
                    continue;
                await stream.WriteAsync(Encoding.UTF8.GetBytes(_answer));
                return;
            }
        }
        catch (IOException)
        {
            // The client hung up.
        }
    }
}
