using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers;

/// <summary>A fix that changes more than the document of its finding.</summary>
public abstract class SolutionWideFix : NatsCodeFix
{
    private readonly string _title;

    private protected SolutionWideFix(string ruleId, string equivalenceKey, string title)
        : base(ruleId, equivalenceKey) => _title = title;

    public sealed override FixAllProvider GetFixAllProvider() => new FixAll(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await CanFixAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
                context.RegisterCodeFix(CodeAction.Create(_title, cancellation => FixAsync(context.Document.Project.Solution, [diagnostic], cancellation), EquivalenceKey), diagnostic);
        }
    }

    private protected virtual Task<bool> CanFixAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Fixes these findings as far as they can be fixed.</summary>
    private protected abstract Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken);

    private sealed class FixAll(SolutionWideFix fix) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            var found = new List<Diagnostic>();
            if (context is { Scope: FixAllScope.Document, Document: { } document })
                found.AddRange(await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false));
            else
            {
                foreach (var project in context.Scope == FixAllScope.Project ? [context.Project] : context.Solution.Projects)
                    found.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
            }

            ImmutableArray<Diagnostic> own = [.. found.Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id))];
            return own.IsEmpty ? null : CodeAction.Create(fix._title, cancellation => fix.FixAsync(context.Solution, own, cancellation), fix.EquivalenceKey);
        }
    }
}
