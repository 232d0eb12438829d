using System.Diagnostics;

namespace Nats.Consumer.Testing;

public sealed partial class NatsServerProcess
{
    private static readonly TimeSpan PauseBeforePortIsTriedAgain = TimeSpan.FromMilliseconds(100);

    private async Task InTurnAsync(Func<Task> step, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await step();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (IsRunning)
            throw new InvalidOperationException("The server is running: stop or kill it first.");

        var begin = Stopwatch.GetTimestamp();
        while (true)
        {
            _log.Clear();
            _run?.Dispose();
            var run = _run = ServerRun.Launch(_binary, _folder.Arguments(Port), _log);
            ProcessId = run.Id;
            try
            {
                (Port, var info) = await ServerReadiness.WaitAsync(run, _folder, _options, _log, cancellationToken);
                Version = info.Version;
                return;
            }
            catch (NatsServerException) when (PortIsTaken(run) && Stopwatch.GetElapsedTime(begin) < _options.StartTimeout)
            {
                await Task.Delay(PauseBeforePortIsTriedAgain, TimeProvider.System, cancellationToken);
            }
            catch
            {
                await EndAsync(kill: true, CancellationToken.None);
                throw;
            }
        }
    }

    // A reconnecting client can hold the port for a moment: on the loopback, a connection attempt may be given the very port it aims at.
    private bool PortIsTaken(ServerRun run) => run.HasExited && Port > 0 && _log.Contains("address already in use");

    private async Task EndAsync(bool kill, CancellationToken cancellationToken)
    {
        if (_run is not { } run)
            return;

        if (kill || OperatingSystem.IsWindows())
        {
            run.Send(NatsServerSignal.Kill);
        }
        else
        {
            run.Send(NatsServerSignal.Stop);
            run.Send(NatsServerSignal.Continue); // a frozen server would not see the other one
        }

        using var deadline = new CancellationTokenSource(_options.StopTimeout, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await run.WaitForExitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            run.Send(NatsServerSignal.Kill);
            await run.WaitForExitAsync(cancellationToken);
        }
    }
}
