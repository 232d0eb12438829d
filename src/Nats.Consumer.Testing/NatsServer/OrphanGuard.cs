using System.Diagnostics;

namespace Nats.Consumer.Testing;

/// <summary>
/// Ends the servers that are left when this process ends, however it ends: a shell waits for the end of its input, which the system closes
/// even when this process is killed. Where there is no such shell, the exit of this process is all there is to go by.
/// </summary>
internal sealed class OrphanGuard : IDisposable
{
    private const string Script = """
        trap '' INT TERM HUP
        live=" "
        while read -r change id; do
          case $change in
            +) live="$live$id " ;;
            -) live="${live%% "$id" *} ${live#* "$id" }" ;;
          esac
        done
        kill -9 $live
        """;

    private readonly HashSet<int> _live = [];
    private Process? _shell;

    private OrphanGuard() => AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();

    /// <summary>The guard of this process.</summary>
    public static OrphanGuard Instance { get; } = new();

    /// <summary>A guard of its own, for tests: disposing it is what the end of the process is to <see cref="Instance"/>.</summary>
    internal static OrphanGuard Create() => new();

    public void Watch(int processId) => Change(_live.Add, '+', processId);

    public void Forget(int processId) => Change(_live.Remove, '-', processId);

    public void Dispose()
    {
        _shell?.StandardInput.Close();
        _shell?.WaitForExit();
        _shell?.Dispose();
    }

    private void Change(Func<int, bool> change, char sign, int processId)
    {
        lock (_live)
        {
            if (!change(processId) || OperatingSystem.IsWindows())
                return;
            try
            {
                _shell ??= StartShell();
                _shell.StandardInput.Write($"{sign} {processId}\n");
                _shell.StandardInput.Flush();
            }
            catch (Exception error) when (error is IOException or System.ComponentModel.Win32Exception)
            {
                // No shell: ProcessExit still guards.
            }
        }
    }

    private static Process StartShell() => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private void KillAll()
    {
        lock (_live)
        {
            foreach (var processId in _live)
                KillQuietly(processId);
        }
    }

    private static void KillQuietly(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (Exception)
        {
            // Ended by itself.
        }
    }
}
