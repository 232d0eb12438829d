using Microsoft.Extensions.Logging;

namespace Nats.Consumer.Testing;

/// <summary>Puts the worker's warnings and errors into the timeline.</summary>
internal sealed class JournalLoggerProvider(Journal journal, Func<bool> isDead) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new JournalLogger(journal, isDead);

    public void Dispose()
    {
        // nothing is held
    }

    private sealed class JournalLogger(Journal journal, Func<bool> isDead) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && !isDead())
                journal.Note($"log           {logLevel}: {formatter(state, exception)}");
        }
    }
}
