using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Publishing;

/// <summary>
/// The types that JSON contexts know: those of <c>[JsonSerializable]</c> and all that they are made of. Rather too many than too few: what a type holds and is
/// never written, such as an ignored property, counts as well.
/// </summary>
internal sealed class KnownTypes
{
    // By what they are at run time: neither the names in a tuple nor nullability make another type.
    private readonly HashSet<string> _types = [];

    public KnownTypes(IEnumerable<INamedTypeSymbol> contexts)
    {
        foreach (var attribute in contexts.SelectMany(context => context.GetAttributes()))
        {
            if (attribute.AttributeClass?.Name == "JsonSerializableAttribute" && attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is ITypeSymbol type)
                Add(type);
        }
    }

    /// <returns>Whether it was not known.</returns>
    public bool Add(ITypeSymbol type)
    {
        var isNew = _types.Add(DocumentationCommentId.CreateReferenceId(type));
        if (!isNew)
            return false;
        foreach (var part in PartsOf(type))
            Add(part);
        return true;
    }

    private static IEnumerable<ITypeSymbol> PartsOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return [array.ElementType];
        var parts = type is INamedTypeSymbol { TypeArguments: var arguments } ? arguments.AsEnumerable() : [];
        return IsOfTheFramework(type) ? parts : parts.Concat(Members(type)).Concat(DerivedTypes(type));
    }

    // The members of DateTime or Uri lead all over the framework.
    private static bool IsOfTheFramework(ITypeSymbol type) => type.ContainingNamespace is { } space && (space.ToDisplayString() is "System" || space.ToDisplayString().StartsWith("System.", StringComparison.Ordinal));

    private static IEnumerable<ITypeSymbol> Members(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false } property)
                    yield return property.Type;
                else if (member is IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field)
                    yield return field.Type;
            }
        }
    }

    private static IEnumerable<ITypeSymbol> DerivedTypes(ITypeSymbol type) => type.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.Name == "JsonDerivedTypeAttribute" && attribute.ConstructorArguments.Length > 0)
        .Select(attribute => attribute.ConstructorArguments[0].Value)
        .OfType<ITypeSymbol>();
}
