using System.Collections.Concurrent;
using Nats.Consumer.Client;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Health;

/// <summary>What is known of the worker, told by those who run it.</summary>
internal sealed class WorkerHealth(TimeProvider time)
{
    private readonly ConcurrentQueue<ConsumerStatus> _consumers = new();
    private readonly ConcurrentQueue<(string Title, INatsConnection Connection)> _connections = new();
    private volatile string? _failure;
    private volatile bool _isRunning;
    private volatile bool _isStopping;

    /// <summary>The worker uses a connection.</summary>
    /// <param name="title">What it is called, where there are several.</param>
    /// <param name="connection">The connection.</param>
    public void Add(string title, INatsConnection connection) => _connections.Enqueue((title, connection));

    /// <summary>A consumer has been started.</summary>
    public void Add(ConsumerStatus consumer) => _consumers.Enqueue(consumer);

    /// <summary>All consumers have been started.</summary>
    public void Started() => _isRunning = true;

    /// <summary>The worker ends because it was told to.</summary>
    public void Stopping() => _isStopping = true;

    /// <summary>The worker ends because it cannot go on.</summary>
    public void Failed(string reason) => _failure = reason;

    public WorkerSnapshot Look()
    {
        long now = time.GetTimestamp();
        return new WorkerSnapshot(
            _isRunning,
            _isStopping,
            _failure,
            [.. _connections.Select(connection => new ConnectionSnapshot(connection.Title, connection.Connection.State))],
            [.. _consumers.Select(consumer => new ConsumerSnapshot(
                consumer.Consumer,
                consumer.Trouble,
                consumer.IsSaturated,
                consumer.HasEnded,
                consumer.OldestStart is > 0 and var started ? time.GetElapsedTime(started, now) : TimeSpan.Zero,
                consumer.InFlight))]);
    }
}

/// <summary>The worker at a moment.</summary>
internal sealed record WorkerSnapshot(bool IsRunning, bool IsStopping, string? Failure, IReadOnlyList<ConnectionSnapshot> Connections, IReadOnlyList<ConsumerSnapshot> Consumers);

/// <summary>A consumer at a moment.</summary>
internal sealed record ConsumerSnapshot(string Name, string? Trouble, bool IsSaturated, bool HasEnded, TimeSpan OldestHandler, int InFlight);

/// <summary>A connection at a moment.</summary>
internal sealed record ConnectionSnapshot(string Title, NatsConnectionState State);
