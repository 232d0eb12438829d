using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Nats.Consumer.EndToEnd.Raw;

/// <summary>
/// The least that a client can do: a socket, lines found by their end, answers to one receive sent in one go. No reconnect, no other subscription, no other thread, no errors:
/// a ceiling for real clients, and not one of them.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[256 * 1024];
    private readonly byte[] _queued = new byte[256 * 1024];
    private int _start;
    private int _end;
    private int _length;

    public RawConnection(string url)
    {
        var uri = new Uri(url);
        _socket.Connect(uri.Host, uri.Port);
        Write("CONNECT {\"verbose\":false,\"headers\":true,\"no_responders\":true}\r\n"u8);
        Fence();
    }

    public delegate void MessageHandler(ReadOnlySpan<byte> replyTo);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_queued.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Write(string text) => _length += Encoding.UTF8.GetBytes(text, _queued.AsSpan(_length));

    public void Send()
    {
        SendAll(_queued.AsSpan(0, _length));
        _length = 0;
    }

    public void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[_socket.Send(bytes)..];
    }

    /// <summary>Waits until the server has handled all that was sent.</summary>
    public void Fence()
    {
        Write("PING\r\n"u8);
        Send();
        while (!Receive(static _ => { }))
        {
        }
    }

    /// <summary>Receives and hands over messages until it is told to stop.</summary>
    /// <param name="onMessage">Takes the reply subject of each; what it writes is sent after the whole receive.</param>
    /// <param name="isDone">Asked after each receive.</param>
    /// <param name="blocks">Whether to receive by blocking the thread, or as an asynchronous client must.</param>
    public async Task ReceiveUntilAsync(MessageHandler onMessage, Func<bool> isDone, bool blocks)
    {
        while (!isDone())
        {
            if (blocks)
                Receive(onMessage);
            else
                Read(await _socket.ReceiveAsync(Free()), onMessage);
        }
    }

    private bool Receive(MessageHandler onMessage) => Read(_socket.Receive(Free().Span), onMessage);

    private Memory<byte> Free()
    {
        if (_start > 0)
        {
            _received.AsSpan(_start, _end - _start).CopyTo(_received);
            (_start, _end) = (0, _end - _start);
        }

        return _received.AsMemory(_end);
    }

    /// <returns>Whether there was a PONG.</returns>
    private bool Read(int count, MessageHandler onMessage)
    {
        Lab.Require(count > 0, "the server closed the connection");
        _end += count;
        bool pong = false;
        while (true)
        {
            ReadOnlySpan<byte> unread = _received.AsSpan(_start, _end - _start);
            int newline = unread.IndexOf((byte)'\n');
            if (newline < 0)
                break;
            int length = newline + 1;
            if (unread[0] is (byte)'M' or (byte)'H')
            {
                // MSG subject sid [reply] size, and HMSG, whose last number is the size, too.
                ReadOnlySpan<byte> line = unread[..(newline - 1)];
                int last = line.LastIndexOf((byte)' ');
                Lab.Require(Utf8Parser.TryParse(line[(last + 1)..], out int size, out _), "a message line has no size");
                length += size + 2;
                if (unread.Length < length)
                    break;
                line = line[..last];
                onMessage(line[(line.LastIndexOf((byte)' ') + 1)..]);
            }
            else if (unread.StartsWith("PING"u8))
            {
                Write("PONG\r\n"u8);
            }
            else if (unread.StartsWith("PONG"u8))
            {
                pong = true;
            }

            _start += length;
        }

        if (_length > 0)
            Send();
        return pong;
    }

    public void Dispose() => _socket.Dispose();
}
