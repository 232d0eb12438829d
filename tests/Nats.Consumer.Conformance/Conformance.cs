using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance;

/// <summary>
/// A set of cases, written against <see cref="Nats.Consumer.Client.INatsConnection"/> on the wire level. A class for each server derives from it: the in-memory server as the oldest and as the newest version, and
/// the real server that NATS_SERVER names. Where in-memory and real server differ, the former is wrong.
/// </summary>
public abstract class Conformance(Target target) : IAsyncLifetime
{
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    protected static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    protected Target Target => target;

    protected bool IsOld => target.IsOld;

    protected WireClient Client { get; } = new(target);

    public async ValueTask InitializeAsync() => await Client.ConnectAsync();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
    }

    /// <summary>A stream of its own, over all subjects that begin with its name.</summary>
    protected Task<WireStream> NewStreamAsync(string config = "{}") => Client.NewStreamAsync(config);

    protected static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>A time in nanoseconds, as the API writes it.</summary>
    protected static long Nanoseconds(double seconds) => (long)(seconds * 1e9);

    /// <summary>Whether something happened at its time, as exactly as the server's clock is. A busy machine makes things late rather than early.</summary>
    protected void ShouldBeAt(TimeSpan actual, double seconds)
    {
        double tolerance = target.Tolerance.TotalSeconds;
        actual.TotalSeconds.ShouldBeInRange(seconds - tolerance, seconds + (3 * tolerance));
    }
}
