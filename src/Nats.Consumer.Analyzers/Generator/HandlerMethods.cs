using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>A method with [Handle], its own or that of what it overrides.</summary>
/// <param name="Symbol">The method that is called.</param>
/// <param name="Patterns">All its patterns; null if one of them is no text.</param>
internal sealed record HandlerMethod(IMethodSymbol Symbol, IReadOnlyList<string>? Patterns);

/// <summary>The handler methods of a class in the order of the runtime's ReflectionCatalog: own ones first, an override in place of what it overrides.</summary>
internal static class HandlerMethods
{
    public static IReadOnlyList<HandlerMethod> Of(INamedTypeSymbol type, NatsSymbols symbols, out bool overridesFallback)
    {
        var found = new List<HandlerMethod>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        overridesFallback = false;
        for (var current = type; current is not null && !current.Is(symbols.ConsumerHandler); current = current.BaseType)
        {
            foreach (var method in current.GetMembers().OfType<IMethodSymbol>().Where(IsEmitted))
            {
                overridesFallback |= symbols.IsFallback(method);
                if (!seen.Add(BaseDefinition(method)))
                    continue; // the override has been seen, with the attributes that it inherits
                var attributes = Attributes(method, symbols).ToList();
                if (attributes.Count > 0)
                    found.Add(new HandlerMethod(method, Patterns(attributes)));
            }
        }
        return found;
    }

    private static bool IsEmitted(IMethodSymbol method) =>
        method.MethodKind is not (MethodKind.Constructor or MethodKind.StaticConstructor) && !(method.IsPartialDefinition && method.PartialImplementationPart is null);

    private static ISymbol BaseDefinition(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
            method = overridden;
        return method.OriginalDefinition;
    }

    private static IEnumerable<AttributeData> Attributes(IMethodSymbol method, NatsSymbols symbols)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (attribute.AttributeClass.Is(symbols.Handle))
                    yield return attribute;
            }
        }
    }

    private static List<string>? Patterns(List<AttributeData> attributes)
    {
        var patterns = new List<string>();
        foreach (var attribute in attributes)
        {
            if (attribute.ConstructorArguments.FirstOrDefault() is not { Kind: TypedConstantKind.Array, IsNull: false } argument)
                return null;
            foreach (var value in argument.Values)
            {
                if (value.Value is not string text)
                    return null;
                patterns.Add(text);
            }
        }
        return patterns;
    }
}
