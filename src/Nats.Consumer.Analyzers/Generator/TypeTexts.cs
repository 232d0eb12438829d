using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>The names of types: as generated code writes them, and as the runtime's messages and reflection do.</summary>
internal static class TypeTexts
{
    private static readonly SymbolDisplayFormat Unescaped = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary><c>global::System.Collections.Generic.List&lt;int&gt;</c>.</summary>
    public static string ForCode(ITypeSymbol type) => string.Concat(type.ToDisplayParts(SymbolDisplayFormat.FullyQualifiedFormat)
        .Select(part => part.Kind == SymbolDisplayPartKind.Keyword && part.ToString() == "dynamic" ? "object" : part.ToString()));

    /// <summary><c>typeof(global::Base&lt;&gt;)</c>, whether it is generic or not.</summary>
    public static string TypeOf(INamedTypeSymbol type) => $"typeof({ForCode(type.IsGenericType ? type.ConstructUnboundGenericType() : type)})";

    /// <summary><c>Orders.Outer+OrderHandler</c>, as <see cref="Type.FullName"/> has it.</summary>
    public static string FullName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{FullName(outer)}+{type.MetadataName}";
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString(Unescaped)}.{type.MetadataName}" : type.MetadataName;
    }

    /// <summary>As the runtime's TypeNames, to the letter: a message must not depend on who wrote it.</summary>
    public static string ForPeople(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => $"{ForPeople(nullable.TypeArguments[0])}?",
        INamedTypeSymbol { Arity: > 0 } generic => $"{generic.Name}<{string.Join(", ", Arguments(generic).Select(ForPeople))}>",
        IArrayTypeSymbol array => $"{ForPeople(array.ElementType)}[{new string(',', array.Rank - 1)}]",
        IPointerTypeSymbol pointer => $"{ForPeople(pointer.PointedAtType)}*",
        IDynamicTypeSymbol => nameof(Object),
        _ => type.MetadataName,
    };

    private static IEnumerable<ITypeSymbol> Arguments(INamedTypeSymbol? type) => type is null ? [] : Arguments(type.ContainingType).Concat(type.TypeArguments);
}
