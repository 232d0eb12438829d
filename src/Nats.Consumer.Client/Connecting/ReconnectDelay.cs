namespace Nats.Consumer.Client.Connecting;

/// <summary>
/// How long to pause before the next round of reconnecting: a twentieth of the outage so far. So a connection is back within five per cent of the
/// outage's length after the server is, and a server that stays away is asked less and less often.
/// </summary>
internal static class ReconnectDelay
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(40);

    /// <summary>A connection that is lost sooner than this was none: the server takes it and cuts it.</summary>
    public static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(1);

    /// <summary>The pause before the first try after connections that were lost as soon as they stood: it doubles with each.</summary>
    /// <param name="count">How many in a row.</param>
    /// <param name="longest">Upper bound of the pause.</param>
    /// <param name="random">A random number of [0, 1).</param>
    public static TimeSpan AfterShortLives(int count, TimeSpan longest, double random) =>
        For(Shortest * 20 * Math.Pow(2, Math.Min(count - 1, 16)), longest, random);

    /// <param name="outage">How long the connection has been away.</param>
    /// <param name="longest">Upper bound of the pause.</param>
    /// <param name="random">A random number of [0, 1): the pause is cut by up to a half, so that many clients do not come at once.</param>
    public static TimeSpan For(TimeSpan outage, TimeSpan longest, double random)
    {
        TimeSpan delay = TimeSpan.FromTicks(Math.Clamp(outage.Ticks / 20, Math.Min(Shortest.Ticks, longest.Ticks), longest.Ticks));
        return delay * (1 - (random / 2));
    }
}
