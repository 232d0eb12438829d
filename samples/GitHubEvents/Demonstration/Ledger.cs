using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Nats.Consumer;

namespace GitHubEvents.Demonstration;

/// <summary>A message that a handler has finished.</summary>
public readonly record struct Handled(ulong Sequence, string Route);

/// <summary>A try at a message that may be retried.</summary>
public readonly record struct Attempt(ulong Sequence, string Subject, int Number, long Timestamp);

/// <summary>Writes down what is published and what the handlers do, so that it can be added up in the end. A message is its sequence in the stream.</summary>
public sealed class Ledger(TimeProvider time, ILogger<Ledger> logger)
{
    public const string Fallback = "(fallback)";

    private readonly ConcurrentDictionary<string, bool> _seen = new();

    public ConcurrentQueue<ulong> Published { get; } = new();

    public ConcurrentQueue<Handled> Handled { get; } = new();

    public ConcurrentQueue<Attempt> Attempts { get; } = new();

    /// <summary>Where a real handler would do its work. The first message of each route is shown.</summary>
    public Task HandledAsync(MessageContext message, string what)
    {
        string route = message.Pattern.Length > 0 ? message.Pattern : Fallback;
        if (_seen.TryAdd(route, true))
            logger.LogInformation("{Route} took {Subject}: {What}.", route, message.Subject, what);
        Handled.Enqueue(new Handled(message.StreamSequence, route));
        return Task.CompletedTask;
    }

    public void Begun(MessageContext message) =>
        Attempts.Enqueue(new Attempt(message.StreamSequence, message.Subject, message.DeliveryCount, time.GetTimestamp()));
}
