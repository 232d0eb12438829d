using System.Globalization;

namespace Nats.Consumer.GeneratorBench;

/// <summary>How much of the machine others had meanwhile: what this process and its children did not use. With much of it, no figure is worth anything.</summary>
internal static class OtherLoad
{
    private static (double Busy, double Own, DateTime At) _start;

    public static void Begin() => _start = Read();

    public static double SinceStart()
    {
        (double busy, double own, DateTime at) = Read();
        return Math.Max(0, busy - _start.Busy - (own - _start.Own)) / ((at - _start.At).TotalSeconds * Environment.ProcessorCount);
    }

    // In hundredths of a second, as on every Linux. user, nice and system of all; the last four are those of this process and of its children that have ended.
    private static (double Busy, double Own, DateTime At) Read()
    {
        if (!OperatingSystem.IsLinux())
            return (0, 0, DateTime.UtcNow);
        string[] all = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] own = File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ');
        return (Sum(all[1..4]), Sum(own[11..15]), DateTime.UtcNow);
    }

    private static double Sum(string[] ticks) => ticks.Sum(tick => double.Parse(tick, CultureInfo.InvariantCulture)) / 100;
}
