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

    public static ProjectTable Read(Compilation compilation, CancellationToken cancellationToken)
    {
        if (NatsSymbols.Find(compilation) is not { } symbols || TableAssembly.Read(compilation, symbols, cancellationToken) is not { } assembly)
            return new ProjectTable(null, default);
        var reader = new HandlerReader(compilation, symbols);
        var classes = new SortedDictionary<string, TableClass>(StringComparer.Ordinal);
        foreach (var type in Candidates(compilation.Assembly.GlobalNamespace, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Read(type) is { } found)
                classes[found.FullName] = found;
        }
        return new ProjectTable(assembly, classes.Values.ToEquatableArray());
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
