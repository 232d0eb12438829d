using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Binary;

[StructLayout(LayoutKind.Sequential)]
public readonly struct Sample
{
    public readonly long Ticks;
    public readonly float Value;
}

public sealed unsafe class SampleHandler : ConsumerHandler
{
    [Handle("samples.binary")]
    public ValueTask OnBinaryAsync(ReadOnlyMemory<byte> payload)
    {
        ReadOnlySpan<Sample> samples = MemoryMarshal.Cast<byte, Sample>(payload.Span);
        float sum = 0;
        fixed (Sample* first = samples)
        {
            for (int i = 0; i < samples.Length; i++)
                sum += first[i].Value;
        }

        Console.WriteLine(sum);
        return default;
    }

    [Handle("samples.number")]
    public ValueTask OnNumberAsync(ReadOnlyMemory<byte> payload) =>
        BinaryPrimitives.TryReadInt32BigEndian(payload.Span, out int number) && number > 0 ? default : ValueTask.FromException(new FormatException());
}
