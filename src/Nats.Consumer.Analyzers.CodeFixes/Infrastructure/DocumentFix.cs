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

    /// <summary>Whether an option says that the alternative is to be done, and nothing else. It holds for all findings of a file.</summary>
    private protected virtual bool WantsAlternative(Diagnostic diagnostic) => false;

    public sealed override FixAllProvider GetFixAllProvider() => new FixAll(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is null)
                return;
            var wanted = Wanted(diagnostic);
            if (wanted.TitleFor(diagnostic, root) is { } title && await wanted.CanFixAsync(diagnostic, context.Document, root, context.CancellationToken).ConfigureAwait(false))
                context.RegisterCodeFix(CodeAction.Create(title, cancellation => wanted.FixAsync(context.Document, root, [diagnostic], cancellation), EquivalenceKey), diagnostic);
            if (Alternative is { } other && other != wanted && other.TitleFor(diagnostic, root) is { } otherTitle)
                context.RegisterCodeFix(CodeAction.Create(otherTitle, cancellation => other.FixAsync(context.Document, root, [diagnostic], cancellation), other.EquivalenceKey), diagnostic);
        }
    }

    /// <summary>What the fix will do, or null if it cannot do anything about the finding.</summary>
    private protected abstract string? TitleFor(Diagnostic diagnostic, SyntaxNode root);

    /// <summary>Whether nothing outside of the document stands in the way.</summary>
    private protected virtual Task<bool> CanFixAsync(Diagnostic diagnostic, Document document, SyntaxNode root, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Fixes these findings, all of one document and all fixable.</summary>
    private protected abstract Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken);

    /// <summary>What this fix's key stands for in the file of the finding.</summary>
    private DocumentFix Wanted(Diagnostic diagnostic) => WantsAlternative(diagnostic) ? Alternative! : this;

    private sealed class FixAll(DocumentFix first) : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            if (diagnostics.IsEmpty)
                return document;
            var fix = first.Alternative is { } other && other.EquivalenceKey == context.CodeActionEquivalenceKey ? other : first.Wanted(diagnostics[0]);
            var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
            var fixable = ImmutableArray.CreateBuilder<Diagnostic>();
            foreach (var diagnostic in root is null ? [] : diagnostics)
            {
                if (fix.TitleFor(diagnostic, root!) is not null && await fix.CanFixAsync(diagnostic, document, root!, context.CancellationToken).ConfigureAwait(false))
                    fixable.Add(diagnostic);
            }
            return root is null || fixable.Count == 0 ? document : await fix.FixAsync(document, root, fixable.ToImmutable(), context.CancellationToken).ConfigureAwait(false);
        }
    }
}
