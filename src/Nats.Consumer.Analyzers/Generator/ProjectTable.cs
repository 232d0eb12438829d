using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>All that the table of a project says.</summary>
/// <param name="Assembly">Null where no table can be generated.</param>
/// <param name="Classes">By name.</param>
internal sealed record ProjectTable(TableAssembly? Assembly, EquatableArray<TableClass> Classes)
{
    private const int Hands = 1024;

    /// <summary>
    /// The classes in a fixed number of hands, each class in the same one every time: the driver compares by position, and in a list all that follow a new class would be
    /// generated anew.
    /// </summary>
    public IEnumerable<TableHand> Deal()
    {
        var hands = new List<TableClass>?[Hands];
        foreach (var found in Classes)
            (hands[Identifiers.Hash(found.FullName) % Hands] ??= []).Add(found);
        var empty = new TableHand(default, null);
        return hands.Select(hand => hand is null ? empty : new TableHand(hand.ToEquatableArray(), Assembly?.Table));
    }

    /// <param name="compilation">What to read.</param>
    /// <param name="known">What need not be read again; null for nothing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static ClassReadings Read(Compilation compilation, ClassReadings? known, CancellationToken cancellationToken)
    {
        var readings = new SortedDictionary<string, ClassReading>(StringComparer.Ordinal);
        if (NatsSymbols.Find(compilation) is not { } symbols || TableAssembly.Read(compilation, symbols, cancellationToken) is not { } assembly)
            return new ClassReadings(new ProjectTable(null, default), readings);
        var reader = new HandlerReader(compilation, symbols);
        var positions = compilation.SyntaxTrees.Select((tree, i) => (tree, i)).ToDictionary(one => one.tree, one => one.i);
        foreach (var type in Candidates(compilation.Assembly.GlobalNamespace, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = TypeTexts.FullName(type);
            readings[name] = known is not null && known.Classes.TryGetValue(name, out var reading) ? reading : new ClassReading(reader.Read(type), Trees(type, positions));
        }
        return new ClassReadings(new ProjectTable(assembly, readings.Values.Select(reading => reading.Class).OfType<TableClass>().ToEquatableArray()), readings);
    }

    private static int[] Trees(INamedTypeSymbol type, Dictionary<SyntaxTree, int> positions)
    {
        var trees = new HashSet<int>();
        for (var current = type; current is { DeclaringSyntaxReferences.IsEmpty: false }; current = current.BaseType?.OriginalDefinition)
            trees.UnionWith(current.DeclaringSyntaxReferences.Select(part => positions[part.SyntaxTree]));
        return [.. trees];
    }

    /// <summary>Not by the attribute: a class inherits handlers, has only a fallback, or is a consumer. But each has a base class, in one of its parts.</summary>
    private static IEnumerable<INamedTypeSymbol> Candidates(INamespaceOrTypeSymbol container, CancellationToken cancellationToken)
    {
        IEnumerable<INamespaceOrTypeSymbol> members = container is INamespaceSymbol space ? space.GetMembers() : container.GetTypeMembers();
        foreach (var member in members)
        {
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Class, IsStatic: false } type && HasBaseList(type, cancellationToken))
                yield return type;
            foreach (var inner in Candidates(member, cancellationToken))
                yield return inner;
        }
    }

    private static bool HasBaseList(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.Any(part => part.GetSyntax(cancellationToken) is ClassDeclarationSyntax { BaseList: not null });
}
