using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nats.Consumer.Testing.Tests;

/// <summary>The few words of the NATS protocol that these tests need.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client = new();
    private StreamReader _reader = StreamReader.Null;

    public string Info { get; private set; } = "";

    public static async Task<RawClient> ConnectAsync(int port, string connect = "{}")
    {
        var raw = new RawClient();
        await raw._client.ConnectAsync(IPAddress.Loopback, port);
        raw._reader = new StreamReader(raw._client.GetStream());
        raw.Info = await raw.ReadAsync();
        await raw.SendAsync($"CONNECT {connect}\r\nPING\r\n");
        return raw;
    }

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>The next line that is more than a nod.</summary>
    public async Task<string> ReadAsync()
    {
        string line;
        do
            line = await _reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)) ?? "(closed)";
        while (line == "+OK");
        return line;
    }

    /// <summary>Asks JetStream and returns the answer's JSON.</summary>
    public async Task<string> AskAsync(string subject, string json = "")
    {
        await SendAsync($"SUB answers 1\r\nPUB {subject} answers {json.Length}\r\n{json}\r\n");
        while (!(await ReadAsync()).StartsWith("MSG ", StringComparison.Ordinal))
        {
        }

        return await ReadAsync();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }
}
