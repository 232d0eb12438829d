using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers;

/// <summary>A fix that changes one document, and for which an edit of many findings is the same edit with more of them. A fix that cannot help is not offered.</summary>
public abstract class DocumentFix : NatsCodeFix
{
    private protected DocumentFix(string ruleId, string equivalenceKey)
        : base(ruleId, equivalenceKey)
    {
    }

    /// <summary>What else can be done about the finding, offered after this; null for nothing.</summary>
    internal virtual DocumentFix? Alternative => null;

    public sealed override FixAllProvider GetFixAllProvider() => new FixAll(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            for (var fix = this; fix is not null && root is not null; fix = fix.Alternative)
            {
                if (fix.TitleFor(diagnostic, root) is { } title)
                    context.RegisterCodeFix(fix.Action(title, context.Document, root, diagnostic), diagnostic);
            }
        }
    }

    /// <summary>What the fix will do, or null if it cannot do anything about the finding.</summary>
    private protected abstract string? TitleFor(Diagnostic diagnostic, SyntaxNode root);

    /// <summary>Fixes these findings, all of one document and all fixable.</summary>
    private protected abstract Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken);

    private CodeAction Action(string title, Document document, SyntaxNode root, Diagnostic diagnostic) =>
        CodeAction.Create(title, cancellation => FixAsync(document, root, [diagnostic], cancellation), EquivalenceKey);

    private sealed class FixAll(DocumentFix first) : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            var fix = first.Alternative is { } other && other.EquivalenceKey == context.CodeActionEquivalenceKey ? other : first;
            var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
            ImmutableArray<Diagnostic> fixable = root is null ? [] : [.. diagnostics.Where(diagnostic => fix.TitleFor(diagnostic, root) is not null)];
            return root is null || fixable.IsEmpty ? document : await fix.FixAsync(document, root, fixable, context.CancellationToken).ConfigureAwait(false);
        }
    }
}
