using System.ComponentModel;

namespace Nats.Consumer.Generated;

/// <summary>The messages that a batch handler is called with. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HandlerBatch
{
    private readonly List<MessageContext> _messages;
    private List<(MessageContext, Exception)>? _poison;

    internal HandlerBatch(List<MessageContext> messages) => _messages = messages;

    /// <summary>Those that the handler is given; it decides about these, one by one.</summary>
    internal IReadOnlyList<MessageContext> Given => _messages;

    /// <summary>Those whose payload cannot be read, which the handler never sees.</summary>
    internal IReadOnlyList<(MessageContext Message, Exception Error)> Poison => _poison ?? [];

    /// <summary>As they are.</summary>
    public IReadOnlyList<MessageContext> Messages() => _messages;

    /// <summary>With their payloads as values.</summary>
    public IReadOnlyList<Message<T>> Read<T>()
    {
        var read = new List<Message<T>>(_messages.Count);
        _messages.RemoveAll(message =>
        {
            try
            {
                read.Add(new Message<T>(message.Read<T>()!, message));
                return false;
            }
            catch (PayloadException e)
            {
                (_poison ??= []).Add((message, e));
                return true;
            }
        });
        return read;
    }
}

/// <summary>Calls a batch handler. For generated code only.</summary>
/// <param name="handler">The instance.</param>
/// <param name="batch">The messages.</param>
/// <param name="cancellationToken">Cancelled when the handler must stop.</param>
/// <returns>An outcome for each message that was given, in the same order; <see langword="null"/> when all are handled.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ValueTask<IReadOnlyList<Outcome>?> HandlerTableBatchInvoker(ConsumerHandler handler, HandlerBatch batch, CancellationToken cancellationToken);
