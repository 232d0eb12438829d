using System.Threading.Channels;

namespace Nats.Consumer.Client.Tests.Support;

/// <summary>The events of a connection, in order.</summary>
internal sealed class EventLog
{
    private readonly Channel<NatsConnectionEvent> _events = Channel.CreateUnbounded<NatsConnectionEvent>();
    private readonly List<NatsConnectionEventKind> _kinds = [];

    public EventLog(INatsConnection connection) => connection.Changed += Add;

    public IReadOnlyList<NatsConnectionEventKind> Kinds
    {
        get
        {
            lock (_kinds)
                return [.. _kinds];
        }
    }

    /// <summary>Waits for the next event, which must be of this kind.</summary>
    public async Task<NatsConnectionEvent> NextAsync(NatsConnectionEventKind kind)
    {
        NatsConnectionEvent next = await _events.Reader.ReadAsync().WithinDeadline();
        next.Kind.ShouldBe(kind, next.Error?.Message);
        return next;
    }

    private void Add(NatsConnectionEvent change)
    {
        lock (_kinds)
            _kinds.Add(change.Kind);
        _events.Writer.TryWrite(change);
    }
}
