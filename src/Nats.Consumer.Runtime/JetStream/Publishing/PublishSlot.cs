using System.Buffers;
using System.Text;
using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>A place for one message on the way. It keeps the bytes, because the message may have to be sent again; its buffer is used for the next message.</summary>
internal sealed class PublishSlot : IBufferWriter<byte>
{
    private const int LargestKeptBuffer = 64 * 1024;

    private byte[] _buffer = [];
    private int _subjectLength;
    private int _length;

    /// <summary>Identifies this use of the slot among all; 0 when nothing is on the way.</summary>
    public long Id { get; set; }

    /// <summary>
    /// Where the answer comes to. It is the same for one message after the other, so that the server finds the way in its cache; it changes only when an answer that
    /// is not waited for any more may still come.
    /// </summary>
    public byte[] ReplyTo { get; set; } = [];

    /// <summary>The last token of <see cref="ReplyTo"/>.</summary>
    public long Token { get; set; }

    public string Subject { get; private set; } = "";

    public NatsHeaders? Headers { get; private set; }

    public object? State { get; private set; }

    /// <summary>Has a message id, so that sending it twice stores it once.</summary>
    public bool IsIdentified { get; private set; }

    /// <summary>Bytes held.</summary>
    public int Length => _length;

    public ReadOnlySpan<byte> SubjectUtf8 => _buffer.AsSpan(0, _subjectLength);

    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(_subjectLength, _length - _subjectLength);

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>On which connection it was sent last, counted.</summary>
    public int Connection { get; set; }

    /// <summary>When it was first handed to the connection, as a timestamp of the clock.</summary>
    public long FirstSentAt { get; set; }

    /// <summary>When it was last handed to the connection.</summary>
    public long SentAt { get; set; }

    /// <summary>Nobody has answered: it is to be sent again.</summary>
    public bool AwaitsStream { get; set; }

    /// <summary>Begins a new use; the payload is written next.</summary>
    public void Begin(string subject, NatsHeaders? headers, object? state)
    {
        Subject = subject;
        Headers = headers;
        State = state;
        IsIdentified = headers?[HeaderNames.MessageId] is not null;
        (Attempts, AwaitsStream, _length) = (0, false, 0);
        Advance(Encoding.UTF8.GetBytes(subject, GetSpan(Encoding.UTF8.GetMaxByteCount(subject.Length))));
        _subjectLength = _length;
    }

    /// <summary>Ends this use.</summary>
    public void End()
    {
        Id = 0;
        (Subject, Headers, State) = ("", null, null);
        if (_buffer.Length > LargestKeptBuffer)
            _buffer = [];
        (_subjectLength, _length) = (0, 0);
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    private void Reserve(int size)
    {
        size = Math.Max(size, 1);
        if (_buffer.Length - _length < size)
            Array.Resize(ref _buffer, (int)Math.Max(Math.Min(Math.Max(_buffer.Length * 2L, 256), Array.MaxLength), checked((long)_length + size)));
    }
}
