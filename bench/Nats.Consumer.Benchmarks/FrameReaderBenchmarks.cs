using BenchmarkDotNet.Attributes;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Benchmarks;

/// <summary>Framing 256 KiB of deliveries, per frame. The baseline only looks for the two line ends of each.</summary>
public class FrameReaderBenchmarks
{
    // A constant, because the attributes want one.
    private const int Frames = 1596;

    private readonly byte[] _buffer = Deliveries.Buffer(256 * 1024);

    [GlobalSetup]
    public void Check()
    {
        int frames = TryRead();
        if (frames != Frames)
            throw new InvalidOperationException($"The buffer has {frames} frames; correct the constant.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Frames)]
    public int IndexOfNewline()
    {
        int lines = 0;
        ReadOnlySpan<byte> rest = _buffer;
        for (int newline; (newline = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(newline + 1)..])
            lines++;
        return lines;
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int TryRead()
    {
        int frames = 0;
        ReadOnlySpan<byte> rest = _buffer;
        Frame frame = default;
        while (FrameReader.TryRead(rest, ref frame, out _))
        {
            frames++;
            rest = rest[frame.Length..];
        }

        return frames;
    }
}
