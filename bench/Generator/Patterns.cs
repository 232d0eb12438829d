using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Generator;

namespace Nats.Consumer.GeneratorBench;

/// <summary>What all rules cost as patterns become many: in one handler class, in a consumer's subjects, and in a stream.</summary>
internal static class Patterns
{
    public static void Run(int count, int rounds)
    {
        var analyzers = typeof(HandlerTableGenerator).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!).ToArray();
        var without = new List<double>();
        var with = new List<double>();
        for (int i = 0; i <= rounds; i++)
        {
            (double compiler, double all) = (Measure(count, compilation => compilation.GetDiagnostics()), Measure(count, compilation => compilation.WithAnalyzers([.. analyzers]).GetAllDiagnosticsAsync().Result));
            if (i == 0)
                continue; // the code is compiled by then
            without.Add(compiler);
            with.Add(all - compiler);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count:N0} | {ColdBuild.Median(without):0} | {ColdBuild.Median(with):0} |"));
    }

    private static double Measure(int count, Func<CSharpCompilation, IReadOnlyCollection<Diagnostic>> diagnose)
    {
        var compilation = CSharpCompilation.Create(
            "Patterns",
            [CSharpSyntaxTree.ParseText(Corpus.Usings), CSharpSyntaxTree.ParseText(Source(count))],
            File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "references.txt")).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var found = diagnose(compilation);
        double cpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        return found.All(diagnostic => diagnostic.Severity < DiagnosticSeverity.Warning) ? cpu : throw new InvalidOperationException($"The patterns are not as they should be: {found.First(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)}");
    }

    private static string Source(int count)
    {
        string list = string.Join(", ", Enumerable.Range(0, count).Select(i => $"\"orders.k{i % 100}.{(i % 3 == 0 ? "*" : $"e{i}")}.x{i}\""));
        return $$"""
            Console.WriteLine();
            public sealed class Handler : ConsumerHandler { [Handle({{list}})] public Task OnAsync() => Task.CompletedTask; }
            public sealed class Consumer : PullConsumer
            {
                public override string StreamName => "orders";
                public override IReadOnlyList<string> Subjects => [{{list}}];
                protected override IEnumerable<StreamOperation> Setup() => [StreamOperation.CreateOrUpdate(new StreamConfig("orders") { Subjects = [{{list}}] })];
            }
            """;
    }
}
