using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Migration;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>A project with two targets is two projects with the same files. The fix of NATS0601 changed them in one of the two.</summary>
public class FilesOfSeveralTargetsTests
{
    private const string Source = "public class H() : ConventionHandler(\"a.b\") { public Task handle_b(MessageContext m) => Task.CompletedTask; }";

    [Fact]
    public async Task FileOfTwoTargets_IsChangedInBoth()
    {
        var first = TestProject.Create([Source], editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary);
        var second = first.Solution.AddProject("Test(2)", first.AssemblyName, LanguageNames.CSharp)
            .WithCompilationOptions(first.CompilationOptions!).WithParseOptions(new CSharpParseOptions(LanguageVersion.Latest)).WithMetadataReferences(first.MetadataReferences);
        foreach (var document in first.Documents)
            second = second.AddDocument(document.Name, await document.GetTextAsync(), filePath: document.FilePath).Project;
        first = second.Solution.GetProject(first.Id)!;
        var found = (await (await first.GetCompilationAsync())!.WithAnalyzers([new ConventionAnalyzer()]).GetAnalyzerDiagnosticsAsync()).Single(diagnostic => diagnostic.Id == "NATS0601");

        CodeAction? action = null;
        await new RoutedByNameFix().RegisterCodeFixesAsync(new CodeFixContext(first.GetDocument(found.Location.SourceTree)!, found, (offered, _) => action = offered, CancellationToken.None));
        var operations = await action!.GetOperationsAsync(first.Solution, new Progress<CodeAnalysisProgress>(), CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        foreach (var project in changed.Projects)
            (await project.TestDocuments().Single().GetTextAsync()).ToString().ShouldBe("public class H : ConsumerHandler { [Handle(\"a.b\")] public Task handle_b(MessageContext m) => Task.CompletedTask; }");
    }
}
