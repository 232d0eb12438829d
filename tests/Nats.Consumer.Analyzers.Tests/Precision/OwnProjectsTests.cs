using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Hygiene;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Precision;

/// <summary>
/// The samples and the tests of this repository, as their builds give them to the compiler, with every rule at its default: nothing is reported that is not meant to be. The tests of the runtime do on
/// purpose what rules warn of; that stands below with its reason.
/// </summary>
[Trait("Category", "Long")]
public class OwnProjectsTests(CompilerArguments compilations) : IClassFixture<CompilerArguments>
{
    private static readonly string[] Folders = ["samples", "tests"];

    // Errors that say that a compilation lacks references, and not only what source generators would add.
    private static readonly string[] Unresolved = ["CS0234", "CS0246", "CS0400", "CS0518"];

    /// <summary>What is done on purpose, by file and rule.</summary>
    private static readonly (string File, string[] Ids, string Why)[] Intended =
    [
        ("GitHubHandler.cs", ["NATS0102"], "GitHub names its event pull_request."),
        ("IllegalSignatures.cs", ["NATS0001", "NATS0201", "NATS0202", "NATS0301"], "All that the runtime refuses."),
        ("Illegal.cs", ["NATS0001", "NATS0201", "NATS0202", "NATS0301", "NATS0302"], "All that the runtime refuses, for the generator."),
        ("Inherited.cs", ["NATS0201", "NATS0301", "NATS0307"], "What heirs make illegal, and bases that generated code cannot see, for the generator."),
        ("Batches.cs", ["NATS0301"], "Batches that the runtime refuses, for the generator."),
        ("Unreachable.cs", ["NATS0307"], "What generated code cannot use."),
        ("Legal.cs", ["NATS0103", "NATS0105"], "All that a subject may have in it, for the generator."),
        ("Shop.cs", ["NATS0305"], "A handler without a token."),
        ("HarnessMessageTests.cs", ["NATS0307"], "A consumer of one test is private."),
        ("HarnessConnectionTests.cs", ["NATS0307"], "A consumer of one test is private."),
        ("PredecessorSettingsTests.cs", ["NATS0307", "NATS0509", "NATS0511"], "What predecessors did, to the letter."),
        ("BadInputServerTests.cs", ["NATS0001", "NATS0202", "NATS0301", "NATS0302", "NATS0505"], "All that the runtime refuses, in a host."),
        ("DeadLettersServerTests.cs", ["NATS0001", "NATS0505"], "Refused by the dead-letter verbs."),
        ("StreamRulesTests.cs", ["NATS0105"], "A subject may have letters of any language."),
        ("StreamAdministrationServerTests.cs", ["NATS0103", "NATS0505"], "Names that are refused before the server sees them; upper case that sorts before lower case."),
        ("ConsumeServerTests.cs", ["NATS0505"], "A name that is refused before the server sees it."),
        ("PublishWindowTests.cs", ["NATS0003"], "A subject that is refused before the server sees it."),
        ("ModelJsonTests.cs", ["NATS0001", "NATS0503"], "Models are written as they are; the server judges them."),
        ("MigratingSnippets.cs", ["NATS0101", "NATS0106", "NATS0307", "NATS0609", "NATS0610", "NATS0611"], "What is to be migrated, and how it looks half-way."),
        ("ConventionServerTests.cs", ["NATS0101", "NATS0106", "NATS0307", "NATS0602", "NATS0603", "NATS0604", "NATS0605", "NATS0606", "NATS0607", "NATS0608", "NATS0610"], "All that names can be."),
        ("ConventionTableTests.cs", ["NATS0101", "NATS0106", "NATS0307", "NATS0602", "NATS0603", "NATS0604", "NATS0605", "NATS0606", "NATS0608", "NATS0610"], "All that names can be."),
        ("EndToEndServerTests.cs", ["NATS0102", "NATS0104"], "Subjects that no handler takes."),
    ];

    public static TheoryData<string> Projects => [.. Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Repository.Root, path))
        .Where(path => !path.Contains("Canary", StringComparison.Ordinal)) // made of violations
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Project_HasNothingToReportThatIsNotIntended(string project)
    {
        var compilation = await CompilationAsync(project);
        Assert.SkipWhen(compilation is null, $"{project} is not in the solution, not restored, or a project that it references is not built in this configuration: eng/test.sh builds all.");
        compilation.GetDeclarationDiagnostics().Where(diagnostic => Unresolved.Contains(diagnostic.Id)).Take(3).ShouldBeEmpty();
        Exception? crash = null;
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), (exception, _, _) => crash ??= exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var found = await compilation.WithAnalyzers(Shipped.Analyzers, options).GetAnalyzerDiagnosticsAsync();
        crash.ShouldBeNull();
        found.Where(diagnostic => !Intended.Any(intended => intended.File == Path.GetFileName(diagnostic.Location.GetLineSpan().Path) && intended.Ids.Contains(diagnostic.Id))).ShouldBeEmpty();
    }

    /// <summary>Null where the project is not built here, or what it references is not there.</summary>
    private async Task<CSharpCompilation?> CompilationAsync(string project)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, project))!;
        if (await compilations.OfAsync(Path.GetFileNameWithoutExtension(project)) is not { } lines)
            return null;
        CSharpCommandLineArguments arguments = CSharpCommandLineParser.Default.Parse(lines, folder, sdkDirectory: null);
        arguments.SourceFiles.ShouldNotBeEmpty();
        bool isRestored = File.Exists(Path.Combine(Repository.Root, "artifacts", "obj", Path.GetFileNameWithoutExtension(project), "project.assets.json"));
        if (!isRestored || arguments.MetadataReferences.Any(reference => !File.Exists(reference.Reference)))
            return null;
        return CSharpCompilation.Create(
            arguments.CompilationName,
            arguments.SourceFiles.Where(file => File.Exists(file.Path)).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), arguments.ParseOptions, file.Path)),
            arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference, reference.Properties)),
            arguments.CompilationOptions.WithSpecificDiagnosticOptions([]).WithGeneralDiagnosticOption(ReportDiagnostic.Default));
    }
}
