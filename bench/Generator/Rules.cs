using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Generator;

namespace Nats.Consumer.GeneratorBench;

/// <summary>What each rule costs by itself: in one thread, of a compilation in which all is bound, as the driver accounts for it.</summary>
internal static class Rules
{
    public static void Run(int handlers, int rounds)
    {
        var analyzers = typeof(HandlerTableGenerator).Assembly.GetTypes().Append(typeof(EmptyAnalyzer)).Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!).ToArray();
        MetadataReference[] references = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "references.txt")).Select(path => MetadataReference.CreateFromFile(path))];
        SyntaxTree[] trees = [.. Corpus.Files(handlers).Select((text, i) => CSharpSyntaxTree.ParseText(text, path: $"/{i}.cs"))];
        var times = analyzers.ToDictionary(analyzer => analyzer, _ => new List<double>());
        for (int i = 0; i <= rounds; i++)
        {
            var compilation = CSharpCompilation.Create("Corpus", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
            compilation.GetDiagnostics();
            var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
            var analysis = compilation.WithAnalyzers([.. analyzers], options);
            if (analysis.GetAnalyzerDiagnosticsAsync().Result.FirstOrDefault(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info) is { } found)
                throw new InvalidOperationException($"The corpus is not as it should be: {found}");
            foreach (DiagnosticAnalyzer analyzer in analyzers)
                times[analyzer].Add(analysis.GetAnalyzerTelemetryInfoAsync(analyzer, default).Result.ExecutionTime.TotalMilliseconds);
        }

        Console.WriteLine($"Milliseconds of each rule alone, {handlers:N0} handlers: the first time and, compiled by then, later.\n\n| | first | later |\n|---|---:|---:|");
        foreach ((string name, List<double> one) in times.Select(pair => (pair.Key.GetType().Name, pair.Value)).OrderByDescending(pair => ColdBuild.Median(pair.Value[1..])))
            Print(name, one[0], ColdBuild.Median(one[1..]));
        Print("all", times.Values.Sum(one => one[0]), times.Values.Sum(one => ColdBuild.Median(one[1..])));
        Console.WriteLine();

        void Print(string name, double first, double later) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {first:0.0} | {later:0.0} |"));
    }
}
