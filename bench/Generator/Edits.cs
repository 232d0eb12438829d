using System.Globalization;
using System.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Nats.Consumer.Analyzers.Generator;

namespace Nats.Consumer.GeneratorBench;

/// <summary>What the generator costs an editor after an edit: the driver has run before, the compilation is new and nobody has bound anything of it yet.</summary>
internal static class Edits
{
    private static readonly (string Name, string Before, string After)[] All =
    [
        ("body of a handler", "/* body 7.3 */", "total += {0};"),
        ("file without handlers", "public override string StreamName => \"orders\"", "public override string StreamName => \"orders{0}\""),
        ("subject", "orders.k7.e3", "orders.k7.x{0}"),
        ("signature", "On3Async(Order7 payload, Guid orderId", "On3Async(Order7 payload, int arg{0}, Guid orderId"),
        ("new handler class", "public sealed record Line7(", "public sealed class New{0} : ConsumerHandler {{ [Handle(\"new\")] public Task OnAsync() => Task.CompletedTask; }} public sealed record Line7("),
    ];

    public static void Run(int handlers, int rounds)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        CSharpCompilation original = CSharpCompilation.Create(
            "Corpus",
            Corpus.Files(handlers).Select((text, i) => CSharpSyntaxTree.ParseText(text, options, $"/{i}.cs")),
            File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "references.txt")).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new HandlerTableGenerator().AsSourceGenerator()], parseOptions: options).RunGenerators(original);
        if (driver.GetRunResult().GeneratedTrees.Length != (handlers / Corpus.PerClass) + 1)
            throw new InvalidOperationException("The generator has not generated what it should.");
        foreach (var edit in All)
        {
            for (long compiled = -1; compiled != JitInfo.GetCompiledMethodCount();) // all that is to be compiled and tiered up is, as in an editor that has been open for a while
            {
                compiled = JitInfo.GetCompiledMethodCount();
                Measure(original, driver, edit, 100);
            }

            (double cpu, double most) = Measure(original, driver, edit, rounds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {handlers:N0} | {edit.Name} | {cpu:0.0} | {most:0.0} |"));
        }
    }

    private static (double Median, double Most) Measure(CSharpCompilation original, GeneratorDriver driver, (string Name, string Before, string After) edit, int rounds)
    {
        SyntaxTree tree = original.SyntaxTrees.Single(tree => tree.ToString().Contains(edit.Before, StringComparison.Ordinal));
        var times = new List<double>();
        for (int i = 0; i < rounds; i++)
        {
            string text = tree.ToString().Replace(edit.Before, string.Format(CultureInfo.InvariantCulture, edit.After, i), StringComparison.Ordinal);
            CSharpCompilation edited = original.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text)));
            GC.Collect();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            driver.RunGenerators(edited);
            times.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        return (ColdBuild.Median(times), times.Max());
    }
}
