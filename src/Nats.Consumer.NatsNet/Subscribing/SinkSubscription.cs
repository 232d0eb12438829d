using System.Buffers;
using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Wire;
using Nats.Consumer.NatsNet.Translation;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Subscribing;

/// <summary>
/// A subscription of NATS.Net that hands messages over on its receive loop: no channel, and so nothing that a full one would drop. NATS.Net knows it by a weak reference only; the table keeps it alive.
/// </summary>
internal sealed class SinkSubscription(Core.INatsConnection connection, string subject, string? queueGroup, SinkQueue sink, SubscriptionTable table)
    : Core.NatsSubBase(connection, connection.SubscriptionManager, subject, queueGroup, opts: null), INatsSubscription
{
    private const int OnStack = 512;

    private readonly Core.INatsConnection _connection = connection;
    private readonly Lock _oneAtATime = new();
    private volatile bool _isEnding;

    private bool IsConnected => _connection.ConnectionState == Core.NatsConnectionState.Open;

    public async ValueTask CloseAsync(Exception? reason)
    {
        _isEnding = true;
        table.Remove(this);
        sink.Close(reason);
        Task leaving = LeaveAsync();
        if (IsConnected) // else NATS.Net waits for a connection until its CommandTimeout
            await leaving.ConfigureAwait(false);
    }

    ValueTask IAsyncDisposable.DisposeAsync() => CloseAsync(null);

    async ValueTask INatsSubscription.DrainAsync(CancellationToken cancellationToken)
    {
        if (_isEnding)
            return;
        _isEnding = true;
        try
        {
            if (!IsConnected)
                throw new NatsConnectionException("There is no connection, so nothing can be drained.");
            await base.DrainAsync(cancellationToken).ConfigureAwait(false); // UNSUB, PING, PONG; it throws nothing, whatever comes of it
            cancellationToken.ThrowIfCancellationRequested();
            await sink.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!IsConnected)
                throw new NatsConnectionException("The connection was lost while the subscription was drained.");
        }
        finally
        {
            await CloseAsync(null).ConfigureAwait(false);
        }
    }

    protected override ValueTask ReceiveInternalAsync(string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, ReadOnlySequence<byte> payloadBuffer)
    {
        ReadOnlySequence<byte> headers = headersBuffer ?? default;
        if (headers.IsSingleSegment && payloadBuffer.IsSingleSegment)
            return Hand(subject, replyTo, headers.FirstSpan, payloadBuffer.FirstSpan);

        // Cut by the end of a receive buffer.
        int split = (int)headers.Length;
        int length = split + (int)payloadBuffer.Length;
        byte[] joined = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            headers.CopyTo(joined);
            payloadBuffer.CopyTo(joined.AsSpan(split));
            return Hand(subject, replyTo, joined.AsSpan(0, split), joined.AsSpan(split, length - split));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    // NATS.Net ends a subscription on its own only when its connection is disposed.
    protected override void TryComplete()
    {
        if (!_isEnding)
            table.OnEnded(Errors.Disposed());
    }

    private async Task LeaveAsync()
    {
        try
        {
            await base.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is Core.NatsException or ObjectDisposedException or OperationCanceledException)
        {
            // Without a connection there is nothing to unsubscribe from.
        }
    }

    private ValueTask Hand(string subject, string? replyTo, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload)
    {
        int most = Encoding.UTF8.GetMaxByteCount(subject.Length + (replyTo?.Length ?? 0));
        byte[]? rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> names = rented ?? stackalloc byte[OnStack];
        int split = Encoding.UTF8.GetBytes(subject, names);
        int end = split + (replyTo is null ? 0 : Encoding.UTF8.GetBytes(replyTo, names[split..]));
        try
        {
            var frame = new Frame
            {
                Kind = FrameKind.Message,
                Length = end + headers.Length + payload.Length,
                Subject = names[..split],
                ReplyTo = names[split..end],
                Headers = headers,
                Payload = payload,
            };
            lock (_oneAtATime) // after a disconnect NATS.Net may still be working off what the old socket brought
                return sink.OnMessageAsync(frame);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
