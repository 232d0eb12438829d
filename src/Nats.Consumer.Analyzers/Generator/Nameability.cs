using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>What generated code, which stands in a file and a class of its own, can name.</summary>
internal sealed class Nameability(Compilation compilation)
{
    private const string Names = "names ";

    // The same few types stand in most signatures.
    private readonly ConcurrentDictionary<ITypeSymbol, string> _texts = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, string?> _reasons = new(SymbolEqualityComparer.Default);
    private readonly bool _hasAliases = compilation.References.Any(reference => !reference.Properties.Aliases.IsEmpty);

    /// <summary>Whether a member can be named from a class of its own in the same assembly.</summary>
    public bool IsAccessible(ISymbol symbol) => compilation.IsSymbolAccessibleWithin(symbol, compilation.Assembly);

    /// <summary>How generated code names a type.</summary>
    public string Of(ITypeSymbol type) => _texts.GetOrAdd(type, TypeTexts.ForCode);

    /// <summary>Why a type cannot be named, as in <c>is private</c>; null if it can.</summary>
    public string? WhyNot(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => WhyNot(array.ElementType),
        INamedTypeSymbol named => _reasons.GetOrAdd(named, WhyNotNamed),
        _ => null,
    };

    /// <summary>Whether an assembly is referenced under aliases only: <c>global::</c> does not lead to it.</summary>
    public bool IsAliased(IAssemblySymbol assembly) => _hasAliases
        && compilation.GetMetadataReference(assembly)?.Properties.Aliases is { IsDefaultOrEmpty: false } aliases
        && !aliases.Contains(MetadataReferenceProperties.GlobalAlias);

    private string? WhyNotNamed(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal)
                return $"{Subject(current, type)}is local to its file";
            if (!IsAccessible(current.OriginalDefinition) && (current.ContainingType is not { } outer || IsAccessible(outer.OriginalDefinition)))
                return $"{Subject(current, type)}is {Word(current.DeclaredAccessibility)}";
            if (current.TypeArguments.Select(WhyNotArgument).FirstOrDefault(why => why is not null) is { } why)
                return why;
        }
        return IsAliased(type.ContainingAssembly) ? "is in an assembly that is referenced under an alias only" : null;
    }

    private string? WhyNotArgument(ITypeSymbol argument) =>
        WhyNot(argument) is { } why && !why.StartsWith(Names, StringComparison.Ordinal) ? $"{Names}{TypeTexts.ForPeople(argument)}, which {why}" : WhyNot(argument);

    private static string Subject(INamedTypeSymbol current, INamedTypeSymbol type) => ReferenceEquals(current, type) ? "" : $"is part of {current.Name}, which ";

    private static string Word(Accessibility accessibility) => accessibility switch
    {
        Accessibility.Private => "private",
        Accessibility.Internal => "internal to another assembly",
        _ => "protected",
    };
}
