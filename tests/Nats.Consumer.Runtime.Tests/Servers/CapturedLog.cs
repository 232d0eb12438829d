using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Nats.Consumer.Tests.Servers;

internal sealed record LogLine(LogLevel Level, int Id, string Text, Exception? Exception);

/// <summary>Keeps what a worker logs.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IEnumerable<LogLine> Lines => _lines;

    /// <summary>All of it, exceptions included, as a console would show it.</summary>
    public string Text => string.Join('\n', _lines.Select(line => $"{line.Level} {line.Id}: {line.Text} {line.Exception}"));

    public IReadOnlyList<LogLine> Worse(LogLevel atLeast) => [.. _lines.Where(line => line.Level >= atLeast)];

    public int Count(string part) => _lines.Count(line => line.Text.Contains(part, StringComparison.Ordinal));

    public Task ContainsAsync(string part, double seconds = 10) =>
        Until.TrueAsync(() => Task.FromResult(Count(part) > 0), () => $"a log line with '{part}'. The log:\n{Text}", seconds);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(new LogLine(logLevel, eventId.Id, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
