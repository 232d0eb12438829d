using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

internal static class SymbolExtensions
{
    public static bool Is(this ISymbol? symbol, ISymbol? other) => symbol is not null && SymbolEqualityComparer.Default.Equals(symbol, other);

    public static bool HasAttribute(this ISymbol symbol, INamedTypeSymbol attribute) => symbol.GetAttributes().Any(data => data.AttributeClass.Is(attribute));

    public static bool DerivesFrom(this ITypeSymbol type, INamedTypeSymbol? ancestor)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Is(ancestor))
                return true;
        }
        return false;
    }

    /// <summary>Whether another declaration dictates the signature, or depends on it: a fix that changes it would break that one.</summary>
    public static bool HasFixedSignature(this IMethodSymbol method) =>
        method.IsVirtual
        || method.IsAbstract
        || method.IsOverride
        || method.PartialDefinitionPart is not null
        || method.PartialImplementationPart is not null
        || method.ContainingType.AllInterfaces
            .SelectMany(type => type.GetMembers())
            .Any(member => method.ContainingType.FindImplementationForInterfaceMember(member).Is(method));
}
