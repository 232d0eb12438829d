using System.Buffers;
using System.Text;

namespace Raw;

public sealed class RawHandler : ConsumerHandler
{
    [Handle("raw.bytes")]
    public Task OnBytesAsync(byte[] payload) => Console.Out.WriteLineAsync($"{payload.Length} bytes");

    [Handle("raw.memory")]
    public ValueTask OnMemoryAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> span = payload.Span;
        int lines = span.Count((byte)'\n');
        return lines > 1000 ? ValueTask.FromException(new InvalidDataException("too many lines")) : ValueTask.CompletedTask;
    }

    [Handle("raw.lines")]
    public async Task OnLinesAsync(MessageContext message, CancellationToken cancellationToken)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(message.Payload.Length);
        try
        {
            message.Payload.CopyTo(copy);
            await File.WriteAllTextAsync("lines.txt", Encoding.UTF8.GetString(copy, 0, message.Payload.Length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    [Handle("raw.later")]
    public Task OnLaterAsync(MessageContext message)
    {
        byte[] payload = message.Payload.ToArray();
        string subject = message.Subject;
        _ = Task.Run(() => Console.WriteLine($"{subject}: {payload.Length}"));
        return Task.CompletedTask;
    }
}
