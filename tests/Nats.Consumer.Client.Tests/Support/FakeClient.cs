using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Nats.Consumer.Client.Tests.Support;

/// <summary>A client as <see cref="FakeServer"/> sees it. PINGs are answered by themselves; all other commands are kept in order.</summary>
internal sealed class FakeClient(FakeServer server, Socket socket) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly Channel<string> _commands = Channel.CreateUnbounded<string>();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly string? _greeting = server.Greeting;
    private readonly string? _refusal = server.Refusal;
    private bool _welcome;
    private int _pings;

    /// <summary>The CONNECT line.</summary>
    public string Connect { get; private set; } = "";

    public volatile bool AnswerPings = true;

    /// <summary>Nothing is read from the client until this is complete.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    /// <summary>How many PINGs have come after the one of the handshake.</summary>
    public int Pings => Volatile.Read(ref _pings);

    /// <summary>The next command: its line, and after <c>|</c> the payload of a PUB or HPUB.</summary>
    public Task<string> NextAsync() => _commands.Reader.ReadAsync().WithinDeadline();

    /// <summary>All commands until the client has gone.</summary>
    public async Task<List<string>> RestAsync()
    {
        var rest = new List<string>();
        await foreach (string command in _commands.Reader.ReadAllAsync(new CancellationTokenSource(Soon.Deadline).Token))
            rest.Add(command);
        return rest;
    }

    public async Task SendAsync(string text)
    {
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task MessageAsync(long subscription, string payload, string subject = "s") =>
        SendAsync($"MSG {subject} {subscription} {Encoding.UTF8.GetByteCount(payload)}\r\n{payload}\r\n");

    public void Cut() => _stream.Dispose();

    public void Dispose()
    {
        Cut();
        _writing.Dispose();
    }

    internal async Task RunAsync()
    {
        try
        {
            if (_greeting is not null)
                await SendAsync($"{_greeting}\r\n");
            using var reader = new StreamReader(_stream, Encoding.Latin1, false, 64 * 1024, leaveOpen: true);
            while (await reader.ReadLineAsync() is { } line)
            {
                await HandleAsync(line, reader);
                await Hold;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // gone
        }

        _commands.Writer.TryComplete();
    }

    private async Task HandleAsync(string line, StreamReader reader)
    {
        switch (line.Split(' ')[0])
        {
            case "CONNECT":
                Connect = line;
                if (_refusal is null)
                    break;
                await SendAsync($"-ERR '{_refusal}'\r\n");
                Cut();
                break;
            case "PING":
                if (_welcome)
                    Interlocked.Increment(ref _pings);
                if (AnswerPings && (_welcome || server.AnswersConnect))
                    await SendAsync("PONG\r\n");
                if (!_welcome)
                    server.Welcome(this);
                _welcome = true;
                break;
            case "PUB" or "HPUB":
                char[] payload = new char[int.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture) + 2];
                await reader.ReadBlockAsync(payload);
                _commands.Writer.TryWrite($"{line}|{new string(payload, 0, payload.Length - 2)}");
                break;
            default:
                _commands.Writer.TryWrite(line);
                break;
        }
    }
}
