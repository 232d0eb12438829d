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
    private ProjectTable? _read;

    public ProjectTable Read(CancellationToken cancellationToken)
    {
        // Two threads may read the same at the same time; what was read is set before the compilation goes.
        if (_compilation is { } unread && _read is null)
        {
            Volatile.Write(ref _read, ProjectTable.Read(unread, cancellationToken));
            Volatile.Write(ref _compilation, null);
        }
        return _read!;
    }

    public bool Equals(Declarations? other) => other is not null
        && _assembly == other._assembly
        && _language == other._language
        && _options.Equals(other._options)
        && _references.SequenceEqual(other._references)
        && _trees.Length == other._trees.Length
        && _trees.Zip(other._trees, (one, another) => one == another || one.IsEquivalentTo(another, topLevel: true)).All(same => same);

    public override bool Equals(object? obj) => Equals(obj as Declarations);

    public override int GetHashCode() => _trees.Length;
}
