using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Verification;

/// <summary>Runs the analyzers of a rule, and its fix, over marked-up code. Findings of other rules count only where the markup names their id.</summary>
internal sealed class Verify
{
    private readonly string _id;
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
    private readonly CodeFixProvider? _fix;
    private string? _editorConfig;
    private bool _withRuntime = true;
    private bool _inTests;
    private string? _library;
    private OutputKind _kind = OutputKind.DynamicallyLinkedLibrary;
    private string? _key;

    public Verify(string id, ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider? fix)
    {
        _id = id;
        _analyzers = analyzers;
        _fix = fix;
    }

    public static Verify Rule(string id) => new(
        id,
        [.. Shipped.Analyzers.Where(analyzer => analyzer.SupportedDiagnostics.Any(descriptor => descriptor.Id == id))],
        Shipped.Fixes.SingleOrDefault(fix => fix.FixableDiagnosticIds.Contains(id)));

    public Verify With(string editorConfig)
    {
        _editorConfig = editorConfig;
        return this;
    }

    public Verify WithoutRuntime()
    {
        _withRuntime = false;
        return this;
    }

    /// <summary>With a reference to a library of this source.</summary>
    public Verify WithLibrary(string source)
    {
        _library = source;
        return this;
    }

    /// <summary>With the action of this key, where a fix offers several; else the first one counts.</summary>
    public Verify Offering(string key)
    {
        _key = key;
        return this;
    }

    public Verify InApplication()
    {
        _kind = OutputKind.ConsoleApplication;
        return this;
    }

    /// <summary>With a reference to a test framework.</summary>
    public Verify InTests()
    {
        _inTests = true;
        return this;
    }

    /// <summary>The findings are those that are marked, no more and no less.</summary>
    /// <returns>They themselves, in the order of the source.</returns>
    public async Task<IReadOnlyList<Diagnostic>> Reports(params string[] files)
    {
        var markups = files.Select(file => Markup.Parse(file, _id)).ToList();
        return await Compare(CreateProject(markups), markups);
    }

    public async Task Says(string message, params string[] files)
    {
        var messages = (await Reports(files)).Select(diagnostic => diagnostic.GetMessage()).ToList();
        if (!messages.Contains(message))
            throw new VerificationException($"No finding says '{message}', but: {string.Join(" | ", messages)}");
    }

    /// <summary>There are findings, and no fix for them.</summary>
    public async Task HasNoFix(string source)
    {
        var markup = Markup.Parse(source, _id);
        var project = CreateProject([markup]);
        await Compare(project, [markup]);
        var fixable = await FirstFixable(project);
        if (fixable is not null)
            throw new VerificationException($"A fix was offered: {fixable.Value.Action.Title}");
    }

    /// <returns>What the first fix is called.</returns>
    public async Task<string?> TitleOf(string source) => (await FirstFixable(CreateProject([Markup.Parse(source, _id)])))?.Action.Title;

    public Task Fixes(string before, string after) => Fixes([before], [after]);

    /// <summary>
    /// One fix at a time until there is none left, and all at once in a document, in the project and in the solution, give the same text. What is still marked
    /// in it is what cannot be fixed.
    /// </summary>
    public async Task Fixes(string[] before, string[] after)
    {
        if (_fix is null)
            throw new VerificationException($"{_id} has no fix.");
        var from = before.Select(file => Markup.Parse(file, _id)).ToList();
        var to = after.Select(file => Markup.Parse(file, _id)).ToList();
        var project = CreateProject(from);
        var count = (await Compare(project, from)).Count;

        var stepwise = project;
        for (int steps = 0; await FirstFixable(stepwise) is var (_, action); steps++)
        {
            if (steps > count)
                throw new VerificationException($"The fix does not converge: after {steps} steps it still finds something.");
            stepwise = await Apply(stepwise, action);
        }

        await Expect(stepwise, to, "One by one");
        foreach (var scope in new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution })
            await Expect(await FixAll(project, scope), to, $"All in the {scope.ToString().ToLowerInvariant()}");
    }

    private Project CreateProject(List<Markup> markups)
    {
        var project = TestProject.Create([.. markups.Select(markup => markup.Source)], _editorConfig, _withRuntime, _kind);
        // Rules that are not asked for are off, as an .editorconfig would do it.
        var named = markups.SelectMany(markup => markup.Expected).Select(expected => expected.Id).Append(_id).ToHashSet();
        if (_library is not null)
            project = project.AddMetadataReference(TestProject.Library(_library));
        if (_inTests)
            project = project.AddMetadataReference(TestProject.TestFramework);
        var silent = _analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Where(id => !named.Contains(id)).Distinct();
        return project.WithCompilationOptions(project.CompilationOptions!.WithSpecificDiagnosticOptions(silent.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))));
    }

    private async Task<List<Diagnostic>> Compare(Project project, List<Markup> markups)
    {
        var files = project.TestDocuments().Select(document => document.FilePath).ToList();
        var found = (await project.AnalyzeAsync(_analyzers))
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath).ThenBy(diagnostic => diagnostic.Location.SourceSpan).ThenBy(diagnostic => diagnostic.Id).ToList();
        var actual = found.Select(diagnostic => (File: files.IndexOf(diagnostic.Location.SourceTree?.FilePath), diagnostic.Id, Span: diagnostic.Location.SourceSpan)).ToList();
        var expected = markups.SelectMany((markup, i) => markup.Expected.Select(mark => (File: i, mark.Id, mark.Span))).ToList();
        var missing = expected.ToList();
        var unexpected = actual.Where(one => !missing.Remove(one)).ToList();
        if (missing.Count + unexpected.Count > 0)
            throw new VerificationException($"Missing: {Show(missing)}. Unexpected: {Show(unexpected)}. Messages: {string.Join(" | ", found)}");
        return found;

        string Show(IEnumerable<(int File, string Id, Microsoft.CodeAnalysis.Text.TextSpan Span)> marks) =>
            string.Join(", ", marks.Select(mark => $"{mark.Id} in file {mark.File} at '{(mark.File < 0 ? "" : markups[mark.File].Source.Substring(mark.Span.Start, mark.Span.Length))}'").DefaultIfEmpty("none"));
    }

    private async Task<(Document Document, Microsoft.CodeAnalysis.CodeActions.CodeAction Action)?> FirstFixable(Project project)
    {
        foreach (var diagnostic in await project.AnalyzeAsync(_analyzers))
        {
            if (_fix is null || !_fix.FixableDiagnosticIds.Contains(diagnostic.Id) || project.GetDocument(diagnostic.Location.SourceTree) is not { } document)
                continue;
            var actions = new List<Microsoft.CodeAnalysis.CodeActions.CodeAction>();
            await _fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
            if (actions.Any(action => string.IsNullOrEmpty(action.EquivalenceKey)))
                throw new VerificationException("A fix has no equivalence key.");
            if (actions.FirstOrDefault(action => _key is null || action.EquivalenceKey == _key) is { } chosen)
                return (document, chosen);
        }

        return null;
    }

    private async Task<Project> FixAll(Project project, FixAllScope scope)
    {
        foreach (var id in project.TestDocuments().Select(document => document.Id).ToList())
        {
            var document = project.GetDocument(id)!;
            var provider = _fix!.GetFixAllProvider() ?? throw new VerificationException("The fix cannot fix all.");
            var key = (await FirstFixable(project))?.Action.EquivalenceKey ?? _key;
            var context = new FixAllContext(document, _fix, scope, key, _fix.FixableDiagnosticIds, new Findings(_analyzers), CancellationToken.None);
            if (await provider.GetFixAsync(context) is { } action)
                project = await Apply(project, action);
            if (scope != FixAllScope.Document)
                break;
        }

        return project;
    }

    private static async Task<Project> Apply(Project project, Microsoft.CodeAnalysis.CodeActions.CodeAction action)
    {
        var operations = await action.GetOperationsAsync(project.Solution, new Progress<CodeAnalysisProgress>(), CancellationToken.None);
        return operations.OfType<Microsoft.CodeAnalysis.CodeActions.ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
    }

    private async Task Expect(Project project, List<Markup> markups, string how)
    {
        var documents = project.TestDocuments().ToList();
        for (int i = 0; i < markups.Count; i++)
        {
            var text = (await documents[i].GetTextAsync()).ToString();
            if (text != markups[i].Source)
                throw new VerificationException($"{how}, file {i} became:\n{text}\ninstead of:\n{markups[i].Source}");
            var tree = (await documents[i].GetSyntaxTreeAsync())!;
            if (!SyntaxFactory.AreEquivalent(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options), topLevel: false))
                throw new VerificationException($"{how}, file {i} is a tree that its text does not parse to.");
        }

        await Compare(project, markups);
    }

    private sealed class Findings(ImmutableArray<DiagnosticAnalyzer> analyzers) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await project.AnalyzeAsync(analyzers);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await document.Project.AnalyzeAsync(analyzers)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await project.AnalyzeAsync(analyzers)).Where(diagnostic => !diagnostic.Location.IsInSource);
    }
}
