using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>What comes out of a pull.</summary>
internal enum ReadEventKind
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>The server has ended the pull, or refused it.</summary>
    Ended,

    /// <summary>The connection is back; the pull is gone with the old one.</summary>
    Reconnected,

    /// <summary>For some time nothing has come, not even a sign of life.</summary>
    Silent,

    /// <summary>For some time nothing has come but signs of life.</summary>
    Idle,

    /// <summary>The connection is closed for good.</summary>
    Closed,
}

/// <summary>What has happened to a pull.</summary>
/// <param name="Kind">What.</param>
/// <param name="Message">The message.</param>
/// <param name="Pull">The number of the pull that has ended.</param>
/// <param name="Status">How it has ended.</param>
internal readonly record struct ReadEvent(ReadEventKind Kind, JetStreamMessage? Message = null, long Pull = 0, NatsStatus Status = default);
