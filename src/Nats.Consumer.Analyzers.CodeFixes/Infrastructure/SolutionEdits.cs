using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers;

/// <summary>Edits of texts, collected over the documents of a solution. What nobody touches stays as it is, to the blank.</summary>
internal sealed class SolutionEdits(Solution solution)
{
    private readonly Dictionary<DocumentId, List<TextChange>> _changes = [];

    public void Replace(SyntaxTree tree, TextSpan span, string text)
    {
        if (solution.GetDocument(tree) is not { } document)
            return;
        if (!_changes.TryGetValue(document.Id, out var changes))
            _changes.Add(document.Id, changes = []);
        var change = new TextChange(span, text);
        if (!changes.Contains(change))
            changes.Add(change);
    }

    public void Insert(SyntaxTree tree, int position, string text) => Replace(tree, new TextSpan(position, 0), text);

    public void Remove(SyntaxTree tree, TextSpan span) => Replace(tree, span, "");

    public async Task<Solution> ApplyAsync(CancellationToken cancellationToken)
    {
        var changed = solution;
        foreach (var edited in _changes)
        {
            var text = await solution.GetDocument(edited.Key)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            // What lies within something that goes goes with it.
            var outer = edited.Value.Where(change => !edited.Value.Any(other => other != change && other.Span.Length > change.Span.Length && other.Span.Contains(change.Span) && other.NewText!.Length == 0));
            changed = changed.WithDocumentText(edited.Key, text.WithChanges(outer.OrderBy(change => change.Span.Start).ThenBy(change => change.Span.End)));
        }
        // A file of several projects, or of several targets of one, is changed in all of them.
        foreach (var id in _changes.Keys)
        {
            var text = await changed.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            foreach (var linked in solution.GetDocument(id)!.GetLinkedDocumentIds().Where(linked => !_changes.ContainsKey(linked)))
                changed = changed.WithDocumentText(linked, text);
        }
        return changed;
    }
}
