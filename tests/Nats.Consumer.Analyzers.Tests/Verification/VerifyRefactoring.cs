using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;

namespace Nats.Consumer.Analyzers.Verification;

/// <summary>Asks for refactorings at the one mark of a file, <c>[||]</c>, and applies the first.</summary>
internal sealed class VerifyRefactoring(CodeRefactoringProvider provider)
{
    /// <returns>The titles of what is offered.</returns>
    public async Task<IReadOnlyList<string>> Offers(params string[] files) => [.. (await Ask(files)).Actions.Select(action => action.Title)];

    /// <summary>The first offer turns the files into these, which compile, and after which nothing is offered at the same place.</summary>
    public async Task Does(string[] before, string[] after)
    {
        var (project, actions) = await Ask(before);
        if (actions.Count == 0)
            throw new VerificationException("Nothing is offered.");
        if (actions.Any(action => string.IsNullOrEmpty(action.EquivalenceKey)))
            throw new VerificationException("A refactoring has no equivalence key.");
        var operations = await actions[0].GetOperationsAsync(project.Solution, new Progress<CodeAnalysisProgress>(), CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
        await changed.AnalyzeAsync(Shipped.Analyzers); // compiles
        var texts = new List<string>();
        foreach (var document in changed.TestDocuments())
            texts.Add((await document.GetTextAsync()).ToString());
        for (int i = 0; i < after.Length; i++)
        {
            if (texts[i] != after[i])
                throw new VerificationException($"File {i} became:\n{texts[i]}\ninstead of:\n{after[i]}");
        }

        var marked = Marked(before);
        if ((await Ask(changed, marked.File, marked.Position)).Count > 0)
            throw new VerificationException("It is offered once more.");
    }

    private async Task<(Project Project, List<CodeAction> Actions)> Ask(string[] files)
    {
        var sources = files.Select(file => Markup.Parse(file, "").Source).ToList();
        var project = TestProject.Create(sources, editorConfig: null, withRuntime: true, OutputKind.DynamicallyLinkedLibrary);
        var (file, position) = Marked(files);
        return (project, await Ask(project, file, position));
    }

    private async Task<List<CodeAction>> Ask(Project project, int file, int position)
    {
        var actions = new List<CodeAction>();
        var document = project.TestDocuments().ElementAt(file);
        await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(document, new Microsoft.CodeAnalysis.Text.TextSpan(position, 0), actions.Add, CancellationToken.None));
        return actions;
    }

    private static (int File, int Position) Marked(string[] files) =>
        files.SelectMany((file, i) => Markup.Parse(file, "").Expected.Select(mark => (i, mark.Span.Start))).Single();
}
