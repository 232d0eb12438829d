using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>
/// What a compilation declares. It is equal to another with the same declarations, so that after an edit of a body, as most edits are, nothing is read again. A compilation
/// is large: it is let go of when it has been read, and only the trees are kept to compare with.
/// </summary>
internal sealed class Declarations(Compilation compilation) : IEquatable<Declarations>
{
    private readonly string? _assembly = compilation.AssemblyName;
    private readonly CompilationOptions _options = compilation.Options;
    private readonly LanguageVersion? _language = (compilation as CSharpCompilation)?.LanguageVersion;
    private readonly MetadataReference[] _references = [.. compilation.References];
    private readonly SyntaxTree[] _trees = [.. compilation.SyntaxTrees];
    private Compilation? _compilation = compilation;
    private Declarations? _before;
    private ClassReadings? _read;

    public ProjectTable Read(CancellationToken cancellationToken)
    {
        // Two threads may read the same at the same time; what was read is set before the compilation goes.
        if (_compilation is { } unread && _read is null)
        {
            Volatile.Write(ref _read, ProjectTable.Read(unread, Known(cancellationToken), cancellationToken));
            Volatile.Write(ref _compilation, null);
            Volatile.Write(ref _before, null);
        }
        return _read!.Table;
    }

    public bool Equals(Declarations? other)
    {
        if (other is null)
            return false;
        if (HasSameSettings(other) && _trees.Zip(other._trees, AreSame).All(same => same))
            return true;
        // The driver compares what it has with what is new. What has been read is remembered by what has not: most of it will be the same.
        if (_read is not null && other._read is null)
            other._before = this;
        else if (other._read is not null && _read is null)
            _before = other;
        return false;
    }

    public override bool Equals(object? obj) => Equals(obj as Declarations);

    public override int GetHashCode() => _trees.Length;

    private bool HasSameSettings(Declarations other) => _assembly == other._assembly
        && _language == other._language
        && _options.Equals(other._options)
        && _references.SequenceEqual(other._references)
        && _trees.Length == other._trees.Length;

    private static bool AreSame(SyntaxTree one, SyntaxTree another) => one == another || one.IsEquivalentTo(another, topLevel: true);

    /// <summary>What was read of the classes that the edit since then does not concern; null if that may be any.</summary>
    private ClassReadings? Known(CancellationToken cancellationToken)
    {
        if (_before is not { _read: { } read } before || !HasSameSettings(before))
            return null;
        var edited = Enumerable.Range(0, _trees.Length).Where(i => !AreSame(before._trees[i], _trees[i])).ToArray();
        foreach (var i in edited)
        {
            var changes = Outline.Changes(before._trees[i], _trees[i], cancellationToken);
            if (changes is null || changes.Any(change => _trees.Any(tree => Mentions.IsIn(tree, change.Name, tree == _trees[i] ? change.After : default, cancellationToken))))
                return null;
        }
        return read.Without(edited);
    }
}
