using Nats.Consumer.Client;

namespace Nats.Consumer.Conformance.Targets;

/// <summary>A server that the cases run on.</summary>
public abstract class Target : IAsyncLifetime
{
    public abstract Version Version { get; }

    /// <summary>2.9: the oldest that is supported, and in many ways another server.</summary>
    public bool IsOld => Version < new Version(2, 10);

    /// <summary>How exact its clock is.</summary>
    public abstract TimeSpan Tolerance { get; }

    /// <summary>The time as the server sees it, from some beginning.</summary>
    public abstract TimeSpan Now { get; }

    public abstract INatsConnection CreateConnection();

    /// <summary>Waits for a condition, for a time of the server's clock at the longest.</summary>
    /// <returns>Whether it came true.</returns>
    public abstract Task<bool> WaitAsync(Func<bool> condition, TimeSpan atMost);

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    public virtual async Task<T> WaitAsync<T>(Task<T> task, TimeSpan atMost)
    {
        (await WaitAsync(() => task.IsCompleted, atMost)).ShouldBeTrue("no answer in time");
        return await task;
    }
}
