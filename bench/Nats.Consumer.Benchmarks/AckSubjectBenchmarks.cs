using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Benchmarks;

/// <summary>Reading what the reply subject of a delivery tells. The baseline splits it as a string.</summary>
public class AckSubjectBenchmarks
{
    private readonly byte[] _subject = Encoding.UTF8.GetBytes(Deliveries.ReplyTo(1));

    [Benchmark(Baseline = true)]
    public ulong Split()
    {
        string[] tokens = Encoding.UTF8.GetString(_subject).Split('.');
        return Number(4) + Number(5) + Number(6) + Number(7) + Number(8);

        ulong Number(int index) => ulong.Parse(tokens[index], CultureInfo.InvariantCulture);
    }

    [Benchmark]
    public ulong TryParse() => AckSubject.TryParse(_subject, out AckSubject ack) ? ack.StreamSequence : 0;
}
