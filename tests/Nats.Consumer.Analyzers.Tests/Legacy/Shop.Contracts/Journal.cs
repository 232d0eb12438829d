using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Nats.Consumer;

namespace Shop.Contracts;

/// <summary>What the handlers of the shop have done. The real ones would do something else.</summary>
public sealed class Journal
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IEnumerable<string> Lines => _lines;

    public Task WriteAsync(MessageContext message, object handler, string what, [CallerFilePath] string file = "")
    {
        _lines.Enqueue($"{message.Subject} -> {handler.GetType().Name}: {what} ({Path.GetFileNameWithoutExtension(file)})");
        return Task.CompletedTask;
    }
}
