using System.Text;
using System.Threading.Channels;

namespace Nats.Consumer.Client.Tests.Support;

/// <summary>Keeps what it is given. <paramref name="hold"/> may hold a message back, or throw.</summary>
internal sealed class RecordingSink(Func<NatsMessage, ValueTask>? hold = null) : INatsMessageSink
{
    private readonly Channel<NatsMessage> _messages = Channel.CreateUnbounded<NatsMessage>();
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _closings;

    public Task<Exception?> Closed => _closed.Task;

    public int Closings => _closings;

    public ValueTask OnMessageAsync(in ReceivedMessage message)
    {
        NatsMessage copy = message.ToMessage();
        _messages.Writer.TryWrite(copy).ShouldBeTrue("a message came after the sink was closed");
        return hold?.Invoke(copy) ?? ValueTask.CompletedTask;
    }

    public void OnClosed(Exception? reason)
    {
        Interlocked.Increment(ref _closings);
        _messages.Writer.TryComplete();
        _closed.TrySetResult(reason);
    }

    public Task<NatsMessage> NextAsync() => _messages.Reader.ReadAsync().WithinDeadline();

    public async Task<string> NextTextAsync() => Encoding.UTF8.GetString((await NextAsync()).Payload.Span);

    /// <summary>All messages that have come and were not asked for yet.</summary>
    public List<string> Rest()
    {
        var rest = new List<string>();
        while (_messages.Reader.TryRead(out NatsMessage? message))
            rest.Add(Encoding.UTF8.GetString(message.Payload.Span));
        return rest;
    }
}
