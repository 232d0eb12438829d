using System.Runtime.InteropServices;

namespace Nats.Consumer.Testing;

internal static partial class Signals
{
    public static void Send(int processId, NatsServerSignal signal)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException($"Windows has no signals, so a server cannot be told to {signal}.");
        // ESRCH is no error here: the process ended by itself in the meantime.
        _ = Kill(processId, Number(signal, OperatingSystem.IsMacOS()));
    }

    /// <summary>Whether a thread of the process is not stopped yet: SIGSTOP reaches them one after the other. Known on Linux only.</summary>
    public static bool IsOnTheMove(int processId)
    {
        try
        {
            return Directory.Exists("/proc/self/task") && Directory.GetDirectories($"/proc/{processId}/task").Any(
                thread => File.ReadAllText(Path.Combine(thread, "stat")).Split(") ")[^1][0] is not ('T' or 't' or 'Z' or 'X'));
        }
        catch (IOException)
        {
            return true; // a thread, or the process, ended in between
        }
    }

    private static int Number(NatsServerSignal signal, bool bsd) => signal switch
    {
        NatsServerSignal.Stop => 15,
        NatsServerSignal.Kill => 9,
        NatsServerSignal.LameDuck => bsd ? 31 : 12,
        NatsServerSignal.Reload => 1,
        NatsServerSignal.Pause => bsd ? 17 : 19,
        NatsServerSignal.Continue => bsd ? 19 : 18,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "No such signal."),
    };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
