using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers;

/// <summary>Edits of texts, collected over the documents of a solution. What nobody touches stays as it is, to the blank.</summary>
internal sealed class SolutionEdits(Solution solution)
{
    private readonly Dictionary<DocumentId, HashSet<TextChange>> _changes = [];

    public void Replace(SyntaxTree tree, TextSpan span, string text)
    {
        if (solution.GetDocument(tree) is not { } document)
            return;
        if (!_changes.TryGetValue(document.Id, out var changes))
            _changes.Add(document.Id, changes = []);
        changes.Add(new TextChange(span, text));
    }

    public void Insert(SyntaxTree tree, int position, string text) => Replace(tree, new TextSpan(position, 0), text);

    public void Remove(SyntaxTree tree, TextSpan span) => Replace(tree, span, "");

    public async Task<Solution> ApplyAsync(CancellationToken cancellationToken)
    {
        var changed = solution;
        foreach (var edited in _changes)
        {
            var text = await solution.GetDocument(edited.Key)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            changed = changed.WithDocumentText(edited.Key, text.WithChanges(Outer(edited.Value).OrderBy(change => change.Span.Start).ThenBy(change => change.Span.End)));
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

    /// <summary>What lies within something that goes goes with it.</summary>
    private static IEnumerable<TextChange> Outer(IEnumerable<TextChange> changes)
    {
        var removed = default(TextSpan);
        foreach (var change in changes.OrderBy(change => change.Span.Start).ThenByDescending(change => change.Span.Length))
        {
            if (removed.Length > change.Span.Length && removed.Contains(change.Span))
                continue;
            if (change.NewText!.Length == 0)
                removed = change.Span;
            yield return change;
        }
    }
}
