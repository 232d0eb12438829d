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
