using System.Threading.Channels;

namespace Nats.Consumer.JetStream;

/// <summary>What has happened and was not looked at yet, in order. It is bounded by what the server is asked for; nothing is ever dropped from it. One reader.</summary>
internal sealed class ReadQueue(TimeProvider time)
{
    private readonly Channel<ReadEvent> _events = Channel.CreateUnbounded<ReadEvent>(new() { SingleReader = true });
    private Task<bool>? _waiting;

    public void Add(ReadEvent happened) => _events.Writer.TryWrite(happened);

    public bool TryRead(out ReadEvent happened) => _events.Reader.TryRead(out happened);

    /// <summary>Takes out all messages that are left.</summary>
    public IReadOnlyList<JetStreamMessage> TakeMessages()
    {
        var messages = new List<JetStreamMessage>();
        while (TryRead(out ReadEvent left))
        {
            if (left.Message is { } message)
                messages.Add(message);
        }

        return messages;
    }

    /// <returns>Whether something has happened within the time.</returns>
    public async ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        // One wait after the other would pile up while nothing happens.
        _waiting ??= _events.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        if (!_waiting.IsCompleted)
        {
            await ((Task)_waiting).WaitAsync(timeout, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (!_waiting.IsCompleted)
                return false;
        }

        _waiting = null;
        return true;
    }
}
