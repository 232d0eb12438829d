using System.Collections.Concurrent;
using System.Text;
using Nats.Consumer.Client;

namespace Nats.Consumer.NatsNet.Tests.Adapter;

/// <summary>Keeps what comes; with a gate it takes the first message and is busy until the gate opens.</summary>
internal sealed class RecordingSink(Task? gate = null) : INatsMessageSink
{
    private readonly ConcurrentQueue<NatsMessage> _messages = new();
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count => _messages.Count;

    public IReadOnlyList<string> Texts => [.. _messages.Select(message => Encoding.UTF8.GetString(message.Payload.Span))];

    public NatsMessage Only => _messages.ShouldHaveSingleItem();

    public Task<Exception?> Closed => _closed.Task;

    public ValueTask OnMessageAsync(in ReceivedMessage message)
    {
        _messages.Enqueue(message.ToMessage());
        return gate is null ? ValueTask.CompletedTask : new ValueTask(gate);
    }

    public void OnClosed(Exception? reason) => _closed.TrySetResult(reason);
}
