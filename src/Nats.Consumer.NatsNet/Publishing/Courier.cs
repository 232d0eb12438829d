using System.Buffers;
using Nats.Consumer.NatsNet.Translation;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Publishing;

/// <summary>
/// Hands messages to NATS.Net. It serializes a payload before its call returns only while it is connected, so what it gets is a copy, which it may keep until it has taken the message.
/// </summary>
internal sealed class Courier(Core.INatsConnection connection)
{
    private static readonly Core.NatsRawSerializer<ReadOnlyMemory<byte>> Raw = Core.NatsRawSerializer<ReadOnlyMemory<byte>>.Default;

    public ValueTask SendAsync(string subject, string? replyTo, Core.NatsHeaders? headers, ReadOnlySpan<byte> payload, CancellationToken cancellationToken)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(payload.Length);
        ValueTask taken;
        try
        {
            payload.CopyTo(copy);
            taken = connection.PublishAsync(subject, new ReadOnlyMemory<byte>(copy, 0, payload.Length), headers, replyTo, Raw, cancellationToken: cancellationToken);
        }
        catch (Exception e)
        {
            ArrayPool<byte>.Shared.Return(copy);
            throw Errors.Of(e);
        }

        if (!taken.IsCompletedSuccessfully)
            return WaitAsync(taken, copy, cancellationToken);
        taken.GetAwaiter().GetResult(); // gives a pooled source back
        ArrayPool<byte>.Shared.Return(copy);
        return ValueTask.CompletedTask;
    }

    private static async ValueTask WaitAsync(ValueTask taken, byte[] copy, CancellationToken cancellationToken)
    {
        try
        {
            await taken.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw Errors.Of(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }
}
