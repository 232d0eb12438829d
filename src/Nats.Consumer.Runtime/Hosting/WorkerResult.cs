namespace Nats.Consumer.Hosting;

/// <summary>How the worker ended, for the process's exit code.</summary>
internal sealed class WorkerResult
{
    public int ExitCode { get; set; }
}
