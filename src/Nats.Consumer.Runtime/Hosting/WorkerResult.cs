namespace Nats.Consumer.Hosting;

/// <summary>How the worker ended, for the process's exit code.</summary>
internal sealed class WorkerResult
{
    public int ExitCode { get; set; }

    /// <summary>Whether the worker shows itself, with messages that it makes up.</summary>
    public bool IsDemonstration { get; set; }
}
