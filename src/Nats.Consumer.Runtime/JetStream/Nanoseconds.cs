namespace Nats.Consumer.JetStream;

/// <summary>The server counts time in nanoseconds.</summary>
internal static class Nanoseconds
{
    private const long PerTick = 1_000_000 / TimeSpan.TicksPerMillisecond;

    public static long ToNanoseconds(this TimeSpan time) => checked(time.Ticks * PerTick);

    public static TimeSpan ToTimeSpan(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / PerTick);
}
