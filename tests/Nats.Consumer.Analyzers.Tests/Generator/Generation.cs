using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>A compilation in memory, and what the generator makes of it.</summary>
internal sealed class Generation
{
    private readonly GeneratorDriver _driver;
    private readonly Generation? _before;
    private GeneratorRunResult? _result;

    private Generation(CSharpCompilation input, GeneratorDriver driver, Generation? before = null)
    {
        Input = input;
        _driver = driver.RunGenerators(input);
        _before = before;
    }

    public CSharpCompilation Input { get; }

    public GeneratorRunResult Result => _result ??= _driver.GetRunResult().Results.Single();

    /// <summary>The generated files by name.</summary>
    public IReadOnlyDictionary<string, string> Files => Result.GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString());

    public string Text => string.Join('\n', Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"==== {file.Key}\n{file.Value}"));

    /// <summary>The files that were not taken from the generation before: text is never compared, the same instance is.</summary>
    public IEnumerable<string> GeneratedAnew => Result.GeneratedSources
        .Where(file => !_before!.Result.GeneratedSources.Any(before => before.HintName == file.HintName && ReferenceEquals(before.SourceText, file.SourceText)))
        .Select(file => file.HintName);

    /// <summary>Whether the declarations of the compilation were read, and not only looked at.</summary>
    public bool IsRead => Result.TrackedSteps[HandlerTableGenerator.ReadStep].SelectMany(step => step.Outputs).Single().Reason != IncrementalStepRunReason.Cached;

    public string Table => Files["HandlerTable.g.cs"];

    /// <summary>The input with what was generated.</summary>
    public CSharpCompilation Output => Input.AddSyntaxTrees(Result.GeneratedSources.Select(file => file.SyntaxTree));

    public static Generation Of(params string[] sources) => Of(Compile("Test", sources));

    public static Generation Of(CSharpCompilation compilation) => new(compilation, CSharpGeneratorDriver.Create(
        [new HandlerTableGenerator().AsSourceGenerator()],
        parseOptions: (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)));

    /// <summary>Like a user's project: nullable, with implicit usings, on the targeting pack and the runtime.</summary>
    public static CSharpCompilation Compile(string name, IEnumerable<string> sources, LanguageVersion version = LanguageVersion.Latest, params MetadataReference[] references)
    {
        var options = new CSharpParseOptions(version, DocumentationMode.Diagnose);
        var project = TestProject.Create([], editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary);
        return CSharpCompilation.Create(
            name,
            sources.Prepend(TestProject.GlobalUsings).Select((source, i) => CSharpSyntaxTree.ParseText(source, options, $"/0/{i}.cs")),
            project.MetadataReferences.Concat(references),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true, warningLevel: 9999));
    }

    /// <summary>The same generator after an edit.</summary>
    public Generation After(Func<CSharpCompilation, CSharpCompilation> edit) => new(edit(Input), _driver, this);

    /// <summary>After the text of a file has changed, as typing does it.</summary>
    public Generation Replacing(string before, string after) => After(compilation =>
    {
        var tree = compilation.SyntaxTrees.First(tree => tree.ToString().Contains(before, StringComparison.Ordinal));
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(tree.ToString().Replace(before, after, StringComparison.Ordinal))));
    });

    /// <summary>Errors and warnings, of the input and of what was generated; that the input has no comments is no matter.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => [.. Output.GetDiagnostics().Concat(Result.Diagnostics).Where(diagnostic =>
        diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed && !(diagnostic.Id == "CS1591" && Input.ContainsSyntaxTree(diagnostic.Location.SourceTree)))];

    /// <summary>The assembly as other compilations see it: in full, or without what they may not see.</summary>
    public MetadataReference Reference(bool asReferenceAssembly = false, ImmutableArray<string> aliases = default)
    {
        using var stream = new MemoryStream();
        var result = Output.Emit(stream, options: new Microsoft.CodeAnalysis.Emit.EmitOptions(metadataOnly: asReferenceAssembly, includePrivateMembers: !asReferenceAssembly));
        if (!result.Success)
            throw new VerificationException($"The code does not compile: {string.Join("; ", result.Diagnostics)}");
        return MetadataReference.CreateFromImage(stream.ToArray(), new MetadataReferenceProperties(aliases: aliases));
    }
}
