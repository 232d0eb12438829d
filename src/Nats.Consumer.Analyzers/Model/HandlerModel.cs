using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>
/// A handler class as the runtime's catalogue sees it: its own methods and those that it inherits, an override in place of what it overrides, with the
/// attributes of both.
/// </summary>
internal sealed class HandlerModel
{
    private HandlerModel(INamedTypeSymbol type, ImmutableArray<HandlerPattern> patterns, bool hasMethods, bool overridesFallback, bool takesBatches)
    {
        TakesBatches = takesBatches;
        Type = type;
        Patterns = patterns;
        HasMethods = hasMethods;
        OverridesFallback = overridesFallback;
    }

    public INamedTypeSymbol Type { get; }

    /// <summary>Inherited ones first, then by file and position.</summary>
    public ImmutableArray<HandlerPattern> Patterns { get; }

    /// <summary>Whether any method has [Handle], with or without subjects.</summary>
    public bool HasMethods { get; }

    public bool OverridesFallback { get; }

    /// <summary>Whether any of them takes several messages at a time.</summary>
    public bool TakesBatches { get; }

    /// <summary>To be had from <see cref="NatsSymbols.ModelOf"/>, which remembers it.</summary>
    public static HandlerModel Of(INamedTypeSymbol type, NatsSymbols symbols, CancellationToken cancellationToken)
    {
        var patterns = new List<HandlerPattern>();
        var overridden = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var hasMethods = false;
        var overridesFallback = false;
        var takesBatches = false;
        for (var current = type; current is not null && !current.Is(symbols.ConsumerHandler); current = current.BaseType)
        {
            var own = new List<HandlerPattern>();
            foreach (var method in current.GetMembers().OfType<IMethodSymbol>())
            {
                if (overridden.Contains(method.OriginalDefinition))
                    continue;
                overridesFallback |= symbols.IsFallback(method);
                var isHandler = symbols.IsHandlerMethod(method) && !symbols.IsFallback(method);
                hasMethods |= isHandler;
                takesBatches |= isHandler && BatchSignature.TakesBatches(method, symbols);
                own.AddRange(symbols.PatternsOf(method, cancellationToken));
                for (var attributed = method; attributed is not null; attributed = attributed.OverriddenMethod)
                    overridden.Add(attributed.OriginalDefinition);
            }
            patterns.InsertRange(0, SourceOrder.Of(own, pattern => pattern.Location));
        }
        return new HandlerModel(type, [.. patterns], hasMethods, overridesFallback, takesBatches);
    }

    /// <summary>As the runtime names methods: <c>OrderHandler.OnCreatedAsync</c>.</summary>
    public string NameOf(HandlerPattern pattern) => $"{Type.Name}.{pattern.Method.Name}";

    /// <summary>Where to show a finding about a pattern: at the pattern, or at the class that inherits it.</summary>
    public Location LocationOf(HandlerPattern pattern) => IsOwn(pattern) ? pattern.Location : Type.Locations[0];

    public bool IsOwn(HandlerPattern pattern) => pattern.Method.ContainingType.Is(Type);
}
