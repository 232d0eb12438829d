using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Verification;

/// <summary>A project in memory that is compiled like a user's: against the targeting pack and the runtime, with implicit usings.</summary>
internal static class TestProject
{
    public const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using System.Diagnostics.CodeAnalysis;
        global using Nats.Consumer;
        """;

    private static readonly ImmutableArray<MetadataReference> References =
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "references.txt")).Select(path => MetadataReference.CreateFromFile(path))];

    public static MetadataReference TestFramework { get; } = MetadataReference.CreateFromFile(typeof(FactAttribute).Assembly.Location);

    public static IReadOnlyList<string> ReferenceNames => [.. References.Select(reference => Path.GetFileNameWithoutExtension(reference.Display!))];

    public static Project Create(IReadOnlyList<string> sources, string? editorConfig, bool withRuntime, OutputKind kind) =>
        AddTo(new AdhocWorkspace().CurrentSolution, "Test", sources, editorConfig, withRuntime, kind);

    /// <summary>A library of each of these lists of files.</summary>
    public static Solution CreateSolution(IEnumerable<string[]> projects) => projects.Index().Aggregate(
        new AdhocWorkspace().CurrentSolution,
        (solution, project) => AddTo(solution, $"Test{project.Index}", project.Item, editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary).Solution);

    private static Project AddTo(Solution solution, string name, IReadOnlyList<string> sources, string? editorConfig, bool withRuntime, OutputKind kind)
    {
        var project = solution.AddProject(name, name, LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true))
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Latest))
            .WithMetadataReferences(References.Where(reference => withRuntime || !Path.GetFileName(reference.Display!).StartsWith("Nats.", StringComparison.Ordinal)));
        if (withRuntime)
            project = project.AddDocument("GlobalUsings.cs", GlobalUsings, filePath: $"/{name}/GlobalUsings.cs").Project;
        for (int i = 0; i < sources.Count; i++)
            project = project.AddDocument($"Test{i}.cs", SourceText.From(sources[i]), filePath: $"/{name}/Test{i}.cs").Project;
        if (editorConfig is not null)
            project = project.AddAnalyzerConfigDocument(".editorconfig", SourceText.From("root = true\n[*.cs]\n" + editorConfig), filePath: $"/{name}/.editorconfig").Project;
        return project;
    }

    /// <summary>A compiled assembly of this source, which references the runtime.</summary>
    public static MetadataReference Library(string source)
    {
        var compilation = CSharpCompilation.Create(
            "Library",
            [CSharpSyntaxTree.ParseText(GlobalUsings), CSharpSyntaxTree.ParseText(source)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success ? MetadataReference.CreateFromImage(image.ToArray()) : throw new VerificationException($"The library does not compile: {string.Join("; ", result.Diagnostics)}");
    }

    public static IEnumerable<Document> TestDocuments(this Project project) => project.Documents.Where(document => document.Name.StartsWith("Test", StringComparison.Ordinal));

    /// <summary>What the analyzers report. It is a failure if an analyzer throws, or if the code does not compile and should.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(this Project project, ImmutableArray<DiagnosticAnalyzer> analyzers, bool compiles = true)
    {
        var compilation = (await project.GetCompilationAsync())!;
        Exception? crash = null;
        var options = new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions, (exception, _, _) => crash ??= exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false);
        // The compiler's own findings as well: asked for together, the code is bound once.
        var all = await compilation.WithAnalyzers(analyzers, options).GetAllDiagnosticsAsync();
        var diagnostics = all.RemoveAll(IsOfCompiler);
        var errors = all.Where(diagnostic => IsOfCompiler(diagnostic) && diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (crash is not null)
            throw new VerificationException($"An analyzer crashed: {crash}");
        return errors.Count == 0 || !compiles ? diagnostics : throw new VerificationException($"The code does not compile: {string.Join("; ", errors)}");
    }

    private static bool IsOfCompiler(Diagnostic diagnostic) => diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Compiler);
}
