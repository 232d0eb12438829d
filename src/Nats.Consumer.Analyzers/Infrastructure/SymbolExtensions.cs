using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

internal static class SymbolExtensions
{
    public static bool Is(this ISymbol? symbol, ISymbol? other) => symbol is not null && SymbolEqualityComparer.Default.Equals(symbol, other);

    public static bool HasAttribute(this ISymbol symbol, INamedTypeSymbol attribute) => symbol.GetAttributes().Any(data => data.AttributeClass.Is(attribute));
}
