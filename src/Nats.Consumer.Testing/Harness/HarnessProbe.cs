using System.Collections.Concurrent;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Testing;

/// <summary>Sees what the handlers of one worker do, and slows them down where a test wants that.</summary>
internal sealed class HarnessProbe(Journal journal, HandlerCalls calls, SlowHandlers slow, TimeProvider time, Func<double> chance) : IWorkerProbe
{
    private readonly ConcurrentDictionary<InboundMessage, Attempt> _attempts = new();

    /// <summary>The worker was killed: what its remains still do is not seen.</summary>
    public bool IsDead { get; set; }

    public double NextRandom() => chance();

    public async ValueTask AroundHandlersAsync(InboundMessage first, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        AttemptOf(first);
        var running = new HandlerCall($"the handler of {NameOf(first)}");
        calls.Begin(running);
        running.Enter();
        try
        {
            if (slow.DelayOf(first.Subject) is { } delay)
            {
                Note($"slowed down   {NameOf(first)} for {delay}");
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            }

            await call(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            calls.End(running);
        }
    }

    public async ValueTask AroundErrorAsync(InboundMessage message, Func<ValueTask> call)
    {
        var running = new HandlerCall($"HandleErrorAsync of {NameOf(message)}");
        calls.Begin(running);
        running.Enter();
        try
        {
            await call().ConfigureAwait(false);
        }
        finally
        {
            calls.End(running);
        }
    }

    public void Calling(InboundMessage message, string handler)
    {
        AttemptOf(message).Handlers.Add(handler);
        Note($"handling      {NameOf(message)} by {handler}, attempt {message.Attempt}");
    }

    public void Decided(InboundMessage message, Verdict verdict)
    {
        if (!_attempts.TryRemove(message, out Attempt? attempt))
            Note($"not handled   {NameOf(message)}: {verdict.Error?.Message ?? Name(verdict.Outcome)}");
        else if (!IsDead)
            journal.Add(RecordOf(message, attempt, verdict), $"handled       {NameOf(message)}: {Name(verdict)}");
    }

    public void Retrying(InboundMessage message, TimeSpan delay)
    {
        if (!IsDead)
            journal.Add(new RetriedMessage(message.Subject, message.Consumer.Stream, message.Consumer.Durable, message.Ack.StreamSequence, message.Attempt, delay, time.GetUtcNow()), $"retry         {NameOf(message)} in {delay}");
    }

    private static string NameOf(InboundMessage message) => $"{message.Consumer.Stream} #{message.Ack.StreamSequence} {message.Subject}";

    private static string Name(Verdict verdict) => verdict.Error is { } error ? $"{error.GetType().Name}: {error.Message}" : Name(verdict.Outcome);

    private static string Name(Outcome outcome) =>
        $"{outcome.Kind}{(outcome.Delay is { } delay ? $" after {delay}" : "")}{(outcome.Reason is { } reason ? $", {reason}" : "")}";

    private HandledMessage RecordOf(InboundMessage message, Attempt attempt, Verdict verdict) => new(
        message.Subject, message.Consumer.Stream, message.Consumer.Durable, message.Ack.StreamSequence, message.Attempt, attempt.Handlers, verdict.Outcome)
    {
        Error = verdict.Error,
        Began = attempt.Began,
        Ended = time.GetUtcNow(),
    };

    // Messages are used again: an attempt that was broken off has left its own.
    private Attempt AttemptOf(InboundMessage message)
    {
        if (_attempts.TryGetValue(message, out Attempt? attempt) && attempt.Generation == message.Generation && attempt.Number == message.Attempt)
            return attempt;
        return _attempts[message] = new Attempt(message.Generation, message.Attempt, time.GetUtcNow());
    }

    private void Note(string text)
    {
        if (!IsDead)
            journal.Note(text);
    }

    private sealed record Attempt(int Generation, int Number, DateTimeOffset Began)
    {
        public List<string> Handlers { get; } = [];
    }
}
