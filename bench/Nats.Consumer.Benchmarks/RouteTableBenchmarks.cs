using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Nats.Consumer.Handling;
using Nats.Consumer.Routing;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Benchmarks;

/// <summary>Finding the route of a subject. Half of the patterns are literal, half have a wildcard; the baseline matches one after the other.</summary>
public class RouteTableBenchmarks
{
    private SubjectPattern[] _patterns = [];
    private RouteTable _routes = new([]);
    private string[] _subjects = [];
    private byte[][] _utf8 = [];
    private int _next;

    [Params(10, 1000, 10_000)]
    public int Patterns { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var method = new HandlerMethod("Handler.Method", [], [], (_, _, _, _) => default);
        _patterns = [.. Enumerable.Range(0, Patterns).Select(i => SubjectPattern.Parse(Pattern(i)))];
        _routes = new RouteTable([.. _patterns.Select(pattern => new Route(pattern, method))]);
        var random = new Random(1);
        _subjects = [.. Enumerable.Range(0, 64).Select(_ => Pattern(random.Next(Patterns)).Replace("*", "eu-west", StringComparison.Ordinal))];
        _utf8 = [.. _subjects.Select(Encoding.UTF8.GetBytes)];
    }

    [Benchmark(Baseline = true)]
    public object? Linear()
    {
        string subject = _subjects[_next++ % _subjects.Length];
        foreach (SubjectPattern pattern in _patterns)
        {
            if (pattern.Matches(subject))
                return pattern;
        }

        return null;
    }

    [Benchmark]
    public object? Find() => _routes.Find(_utf8[_next++ % _utf8.Length]);

    private static string Pattern(int i) =>
        string.Create(CultureInfo.InvariantCulture, $"shop{i % 7}.{(i % 2 == 0 ? "eu-west" : "*")}.event{i}.{(i % 3 == 0 ? "created" : "changed")}");
}
