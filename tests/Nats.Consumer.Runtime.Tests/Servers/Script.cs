using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nats.Consumer.Tests.Servers;

/// <summary>A delivery that a handler saw.</summary>
public sealed record Seen(string By, string Subject, ulong Sequence, int Delivery, long At)
{
    public TimeSpan Since(Seen earlier) => Stopwatch.GetElapsedTime(earlier.At, At);
}

/// <summary>What the handlers of a test do, and what they saw. One may be shared by several workers.</summary>
public sealed class Script
{
    private readonly ConcurrentQueue<Seen> _seen = new();

    public Script(Func<MessageContext, CancellationToken, ValueTask<Outcome>>? play = null) => Play = play ?? ((_, _) => ValueTask.FromResult(Outcome.Ack));

    public Func<MessageContext, CancellationToken, ValueTask<Outcome>> Play { get; set; }

    public IReadOnlyList<Seen> Seen => [.. _seen];

    public int Count => _seen.Count;

    public int Distinct => _seen.Select(seen => seen.Sequence).Distinct().Count();

    public void See(MessageContext message, string by = "") =>
        _seen.Enqueue(new Seen(by, message.Subject, message.StreamSequence, message.DeliveryCount, Stopwatch.GetTimestamp()));

    /// <summary>The body of a handler that only looks.</summary>
    public Task SeeAsync(MessageContext message, string by = "")
    {
        See(message, by);
        return Task.CompletedTask;
    }

    public Task CountAsync(int count, double seconds = 10) => Until.TrueAsync(() => Task.FromResult(Count >= count), () => $"{count} deliveries; there were {Count}", seconds);
}

/// <summary>The handler of most tests: takes <c>work.></c> and does what the test's script says.</summary>
public sealed class ScriptHandler(Script script) : ConsumerHandler
{
    [Handle("work.>")]
    public ValueTask<Outcome> OnWorkAsync(MessageContext message, CancellationToken cancellationToken)
    {
        script.See(message);
        return script.Play(message, cancellationToken);
    }
}
