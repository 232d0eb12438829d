using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Verification;

/// <summary>Fixes all findings of a rule at once, in a solution of several projects.</summary>
internal static class SolutionFix
{
    /// <returns>How many findings there were in each project, and how many are left.</returns>
    public static async Task<(int[] Before, int[] After)> ApplyAsync(CodeFixProvider fix, string id, IReadOnlyList<string[]> projects)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. Shipped.Analyzers.Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id == id))];
        var solution = TestProject.CreateSolution(projects);
        var before = await CountAsync(solution, analyzers, id);
        var first = solution.Projects.First();
        var finding = (await first.AnalyzeAsync(analyzers)).First(diagnostic => diagnostic.Id == id);
        var document = first.GetDocument(finding.Location.SourceTree)!;
        var context = new FixAllContext(document, fix, FixAllScope.Solution, ((NatsCodeFix)fix).EquivalenceKey, [id], new Findings(analyzers, id), CancellationToken.None);
        var action = await fix.GetFixAllProvider()!.GetFixAsync(context) ?? throw new VerificationException("Nothing can be fixed in the solution.");
        var operations = await action.GetOperationsAsync(solution, new Progress<CodeAnalysisProgress>(), CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (before, await CountAsync(changed, analyzers, id));
    }

    private static async Task<int[]> CountAsync(Solution solution, ImmutableArray<DiagnosticAnalyzer> analyzers, string id)
    {
        var counts = new List<int>();
        foreach (var project in solution.Projects.OrderBy(project => project.Name))
            counts.Add((await project.AnalyzeAsync(analyzers)).Count(diagnostic => diagnostic.Id == id));
        return [.. counts];
    }

    private sealed class Findings(ImmutableArray<DiagnosticAnalyzer> analyzers, string id) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await project.AnalyzeAsync(analyzers)).Where(diagnostic => diagnostic.Id == id);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await GetAllDiagnosticsAsync(project, cancellationToken)).Where(diagnostic => !diagnostic.Location.IsInSource);
    }
}
