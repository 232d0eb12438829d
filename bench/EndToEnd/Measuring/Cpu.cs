using System.Diagnostics;
using System.Globalization;

namespace Nats.Consumer.EndToEnd.Measuring;

/// <summary>CPU time, user and system, as Linux counts it.</summary>
internal static class Cpu
{
    private const double TicksPerSecond = 100; // USER_HZ

    private static readonly Process Own = Process.GetCurrentProcess();

    public static TimeSpan OfThisProcess()
    {
        Own.Refresh();
        return Own.TotalProcessorTime;
    }

    public static TimeSpan OfProcess(int id)
    {
        if (!OperatingSystem.IsLinux())
            return TimeSpan.Zero;
        // pid (name) state ppid …: the name may have spaces and parentheses in it.
        string text = File.ReadAllText($"/proc/{id}/stat");
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return FromTicks(Number(fields[11]) + Number(fields[12]));
    }

    /// <summary>What all processes together have used.</summary>
    public static TimeSpan OfMachine()
    {
        if (!OperatingSystem.IsLinux())
            return TimeSpan.Zero;
        // cpu user nice system idle iowait irq softirq steal …
        string line = File.ReadLines("/proc/stat").First();
        double[] fields = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Number)];
        return FromTicks(fields[0] + fields[1] + fields[2]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static TimeSpan FromTicks(double ticks) => TimeSpan.FromSeconds(ticks / TicksPerSecond);
}
