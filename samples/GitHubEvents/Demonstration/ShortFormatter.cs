using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace GitHubEvents.Demonstration;

/// <summary>A log line as short as it can be: seconds since the start, the message, and of an exception its message.</summary>
internal sealed class ShortFormatter(TimeProvider time) : ConsoleFormatter(Id)
{
    public const string Id = "short";

    private readonly long _begin = time.GetTimestamp();

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string level = logEntry.LogLevel < LogLevel.Warning ? "" : $"{logEntry.LogLevel}: ";
        string exception = logEntry.Exception is null ? "" : $" {logEntry.Exception.GetType().Name}: {logEntry.Exception.Message}";
        textWriter.WriteLine($"{time.GetElapsedTime(_begin).TotalSeconds,5:0.00} s  {level}{logEntry.Formatter(logEntry.State, logEntry.Exception)}{exception}");
    }
}
