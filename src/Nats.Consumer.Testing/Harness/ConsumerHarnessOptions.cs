using Nats.Consumer.InMemory;

namespace Nats.Consumer.Testing;

/// <summary>How a <see cref="ConsumerHarness"/> is set up.</summary>
public sealed class ConsumerHarnessOptions
{
    /// <summary>As which nats-server the in-memory one behaves.</summary>
    /// <value>The default is the newest, <see cref="InMemoryServerVersion.Nats215"/>.</value>
    public InMemoryServerVersion ServerVersion { get; set; } = InMemoryServerVersion.Nats215;

    /// <summary>What the clock shows at first.</summary>
    /// <value>The default is the first of January 2026, UTC.</value>
    public DateTimeOffset StartTime { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Chance, for the jitter of retry policies: numbers of [0, 1).
    /// </summary>
    /// <value>The default is always a half, with which delays are what they are without jitter.</value>
    public Func<double> Chance { get; set; } = static () => 0.5;

    /// <summary>
    /// Makes what is there before the worker starts, such as streams that it does not set up itself, and messages in them.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the server is empty.</value>
    public Func<IJetStream, Task>? Arrange { get; set; }

    /// <summary>As <see cref="Arrange"/>, on the server of each named connection.</summary>
    /// <value>The default is <see langword="null"/>: they are empty.</value>
    public Func<string, IJetStream, Task>? ArrangeConnection { get; set; }

    /// <summary>For how long of real time the worker may go on without coming to rest, as when a handler waits for a database.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(ServerVersion);
        ArgumentNullException.ThrowIfNull(Chance);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Patience, TimeSpan.Zero);
    }
}
