using System.Text;
using Microsoft.Extensions.Logging;

namespace Nats.Consumer.CrashWorker;

/// <summary>Standard output, unbuffered: what is written survives the process.</summary>
public sealed class Diary : IDisposable
{
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly Lock _gate = new();

    public void Write(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($"{line.ReplaceLineEndings(" ")}\n");
        lock (_gate)
            _output.Write(bytes);
    }

    public void Dispose() => _output.Dispose();
}

/// <summary>The worker's log, in the diary.</summary>
internal sealed class DiaryLog(Diary diary) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        diary.Write($"L {logLevel} {eventId.Id} {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
