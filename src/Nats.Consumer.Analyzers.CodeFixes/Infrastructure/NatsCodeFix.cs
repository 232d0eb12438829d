using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers;

/// <summary>
/// What every fix here has in common: one rule, one edit, and an edit of many findings is the same edit with more of them. A fix that cannot help is not offered.
/// </summary>
public abstract class NatsCodeFix : CodeFixProvider
{
    private protected NatsCodeFix(string ruleId, string equivalenceKey)
    {
        FixableDiagnosticIds = [ruleId];
        EquivalenceKey = equivalenceKey;
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>The rule's id and what is done: <c>NATS0101_UseDots</c>.</summary>
    public string EquivalenceKey { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new FixAll(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is not null && TitleFor(diagnostic, root) is { } title)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellation => FixAsync(context.Document, root, [diagnostic], cancellation), EquivalenceKey),
                    diagnostic);
            }
        }
    }

    /// <summary>What the fix will do, or null if it cannot do anything about the finding.</summary>
    private protected abstract string? TitleFor(Diagnostic diagnostic, SyntaxNode root);

    /// <summary>Fixes these findings, all of one document and all fixable.</summary>
    private protected abstract Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken);

    private sealed class FixAll(NatsCodeFix fix) : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
            ImmutableArray<Diagnostic> fixable = root is null ? [] : [.. diagnostics.Where(diagnostic => fix.TitleFor(diagnostic, root) is not null)];
            return root is null || fixable.IsEmpty ? document : await fix.FixAsync(document, root, fixable, context.CancellationToken).ConfigureAwait(false);
        }
    }
}
