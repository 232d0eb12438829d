using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace Nats.Consumer.Analyzers;

/// <summary>A fix that edits the tree; one editor takes the edits of all findings.</summary>
public abstract class EditNodes : DocumentFix
{
    private protected EditNodes(string ruleId, string equivalenceKey)
        : base(ruleId, equivalenceKey)
    {
    }

    private protected abstract void Edit(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic);

    /// <summary>The node that was reported.</summary>
    private protected static SyntaxNode Node(Diagnostic diagnostic, SyntaxNode root) => root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    private protected sealed override Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var editor = new SyntaxEditor(root, document.Project.Solution.Services);
        foreach (var diagnostic in diagnostics)
            Edit(editor, Node(diagnostic, root), diagnostic);
        return Task.FromResult(document.WithSyntaxRoot(editor.GetChangedRoot()));
    }
}
