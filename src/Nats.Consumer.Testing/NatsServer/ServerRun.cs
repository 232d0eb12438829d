using System.Diagnostics;

namespace Nats.Consumer.Testing;

/// <summary>One run of the server: from the start of an operating system process to its end.</summary>
internal sealed class ServerRun : IDisposable
{
    private readonly Process _process;
    private volatile bool _ended;

    private ServerRun(Process process)
    {
        _process = process;
        Id = process.Id;
        OrphanGuard.Instance.Watch(Id);
    }

    public int Id { get; }

    public bool HasExited => _ended || _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static ServerRun Launch(string binary, IEnumerable<string> arguments, ServerLog log)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(binary, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => log.Add(line.Data);
        process.ErrorDataReceived += (_, line) => log.Add(line.Data);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            process.Dispose();
            throw new NatsServerException($"'{binary}' cannot be started: {error.Message}", innerException: error);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServerRun(process);
    }

    public void Send(NatsServerSignal signal)
    {
        if (HasExited)
            return;
        if (signal == NatsServerSignal.Kill)
            _process.Kill();
        else
            Signals.Send(Id, signal);
    }

    /// <summary>Ends when the process has ended and all that it wrote is in the log.</summary>
    public async Task WaitForExitAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return;
        await _process.WaitForExitAsync(cancellationToken);
        _ended = true;
        OrphanGuard.Instance.Forget(Id);
    }

    public void Dispose() => _process.Dispose();
}
