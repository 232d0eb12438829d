using System.Text;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>The messages of one subject of a stream, oldest first.</summary>
internal sealed class SubjectMessages(byte[] utf8)
{
    public byte[] Utf8 => utf8;

    public string Text { get; } = Encoding.UTF8.GetString(utf8);

    public int Count { get; private set; }

    public StoredMessage? First { get; private set; }

    public StoredMessage? Last { get; private set; }

    public void Add(StoredMessage message)
    {
        message.PreviousOfSubject = Last;
        if (Last is null)
            First = message;
        else
            Last.NextOfSubject = message;
        Last = message;
        Count++;
    }

    public void Remove(StoredMessage message)
    {
        if (message.PreviousOfSubject is { } previous)
            previous.NextOfSubject = message.NextOfSubject;
        else
            First = message.NextOfSubject;
        if (message.NextOfSubject is { } next)
            next.PreviousOfSubject = message.PreviousOfSubject;
        else
            Last = message.PreviousOfSubject;
        Count--;
    }
}
