namespace Nats.Consumer.Consuming;

/// <summary>What timers can do.</summary>
internal static class Timers
{
    /// <summary>The longest time that one can wait, in whole days: it counts milliseconds in 32 bits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(49);
}
