using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nats.Consumer.Analyzers.Generator;
using Nats.Consumer.Analyzers.Hygiene;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Precision;

/// <summary>
/// Handlers and consumers as people write them, each file a project of its own. None has anything to report, not even a hint, with every rule at its default, and what is generated for it compiles.
/// </summary>
[Collection(LongFirst.Collection + nameof(CorpusTests))]
public class CorpusTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Nats.Consumer.Analyzers.Tests", "Corpus");

    public static IEnumerable<string> Paths => Directory.EnumerateFiles(Folder, "*.cs").Order(StringComparer.Ordinal);

    public static TheoryData<string> Files => [.. Paths.Select(path => Path.GetFileName(path))];

    [Fact]
    public void Corpus_IsLarge() => Files.Count.ShouldBeGreaterThanOrEqualTo(102);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_HasNothingToReport(string file)
    {
        string source = await File.ReadAllTextAsync(Path.Combine(Folder, file));
        var root = await CSharpSyntaxTree.ParseText(source).GetRootAsync();
        bool isProgram = root.DescendantNodes().OfType<GlobalStatementSyntax>().Any();
        var project = TestProject.Create([source], editorConfig: null, withRuntime: true, isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary);
        (await project.AnalyzeAsync(Shipped.Analyzers)).ShouldBeEmpty();

        var generation = Generation.Of((CSharpCompilation)(await project.GetCompilationAsync())!);
        generation.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || !generation.Input.ContainsSyntaxTree(diagnostic.Location.SourceTree)).ShouldBeEmpty();
    }
}
