using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Nats.Consumer.Tests.Subjects;

internal sealed record RawMessage(int Sid, string Subject, string Payload);

/// <summary>
/// The text protocol by hand, so that the server is asked without any of our own code in between. Commands are written in one piece;
/// a PING behind them marks the point at which the server has delivered all of it.
/// </summary>
internal sealed class RawNats : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private NetworkStream _stream = null!;
    private StreamReader _reader = null!;

    public static async Task<RawNats> ConnectAsync(int port)
    {
        var nats = new RawNats();
        await nats._client.ConnectAsync("127.0.0.1", port, nats._deadline.Token);
        nats._stream = nats._client.GetStream();
        nats._reader = new StreamReader(nats._stream, Encoding.Latin1); // one character is one byte, as the lengths in the protocol have it
        (await nats.ReadLineAsync()).ShouldStartWith("INFO ");
        (await nats.RoundTripAsync("CONNECT {\"verbose\":false,\"pedantic\":false}\r\n")).ShouldBeEmpty();
        return nats;
    }

    public static string Sub(string subject, int sid) => $"SUB {subject} {sid}\r\n";

    public static string Unsub(int sid) => $"UNSUB {sid}\r\n";

    public static string Pub(string subject, string payload, string? reply = null) =>
        $"PUB {subject} {(reply is null ? "" : reply + " ")}{Encoding.UTF8.GetByteCount(payload)}\r\n{payload}\r\n";

    /// <summary>Sends the commands and returns what is delivered on this connection before the server has seen the last of them.</summary>
    public async Task<List<RawMessage>> RoundTripAsync(string commands)
    {
        await SendAsync(commands + "PING\r\n");
        var messages = new List<RawMessage>();
        while (await ReadMessageAsync() is { } message)
            messages.Add(message);
        return messages;
    }

    public async Task SendAsync(string commands) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(commands), _deadline.Token);

    /// <summary>The next message, null for PONG.</summary>
    public async Task<RawMessage?> ReadMessageAsync()
    {
        var line = await ReadLineAsync();
        while (line == "PING")
        {
            await SendAsync("PONG\r\n");
            line = await ReadLineAsync();
        }
        if (line == "PONG")
            return null;
        var words = line.Split(' ');
        if (words[0] != "MSG")
            throw new InvalidOperationException("The server said: " + line);
        var payload = new char[int.Parse(words[^1], CultureInfo.InvariantCulture) + 2];
        await _reader.ReadBlockAsync(payload, _deadline.Token);
        return new RawMessage(int.Parse(words[2], CultureInfo.InvariantCulture), FromBytes(words[1]), FromBytes(new string(payload, 0, payload.Length - 2)));
    }

    public void Dispose()
    {
        _client.Dispose();
        _deadline.Dispose();
    }

    private static string FromBytes(string latin1) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin1));

    private async Task<string> ReadLineAsync() =>
        await _reader.ReadLineAsync(_deadline.Token) ?? throw new EndOfStreamException("The server closed the connection.");
}
