using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>Reads classes as the runtime's ReflectionCatalog does, to the same result.</summary>
internal sealed class HandlerReader
{
    private readonly Compilation _compilation;
    private readonly NatsSymbols _symbols;
    private readonly Nameability _names;
    private readonly SignatureReader _signatures;

    public HandlerReader(Compilation compilation, NatsSymbols symbols)
    {
        _compilation = compilation;
        _symbols = symbols;
        _names = new Nameability(compilation);
        _signatures = new SignatureReader(symbols, _names);
    }

    /// <summary>What the table says of a class; null if nothing.</summary>
    public TableClass? Read(INamedTypeSymbol type)
    {
        if (_symbols.IsHandlerClass(type))
            return ReadHandler(type);
        return !_symbols.IsConsumerClass(type) || type.IsAbstract || type.IsGenericType ? null : New(TableClassKind.Consumer, type) with { Unlisted = _names.WhyNot(type) };
    }

    private TableClass? ReadHandler(INamedTypeSymbol type)
    {
        var methods = HandlerMethods.Of(type, _symbols, out var overridesFallback);
        var hides = IsInheritable(type) && methods.Any(method => method.Symbol.ContainingType.Is(type) && !IsSeenByHeirs(method.Symbol));
        if (type.IsAbstract || type.IsGenericType)
            return hides ? New(TableClassKind.Base, type) with { HidesHandlers = true } : null;
        var handler = New(TableClassKind.Handler, type) with { OverridesFallback = overridesFallback, HidesHandlers = hides };
        // The list of its subjects is an argument of its constructor, and what they are called by is a name: only an instance and reflection know both.
        if (type.DerivesFrom(_symbols.ConventionHandler))
            return handler with { Unlisted = "derives from ConventionHandler, which finds methods by their names" };
        if ((_names.WhyNot(type) ?? WhyBaseIsUnknown(type)) is { } why)
            return handler with { Unlisted = why };

        var read = new List<TableMethod>();
        foreach (var method in methods)
        {
            switch (_signatures.Read(type, method))
            {
                case { Unlisted: { } unlisted }:
                    return handler with { Unlisted = unlisted };
                case { Refusal: { } refusal }:
                    // The runtime speaks of the first one only. A later one may still be beyond generated code.
                    handler = handler with { Refusal = handler.Refusal ?? refusal };
                    break;
                case { Method: { } good }:
                    read.Add(good);
                    break;
            }
        }
        return handler.Refusal is null ? handler with { Methods = read.ToEquatableArray() } : handler;
    }

    private TableClass New(TableClassKind kind, INamedTypeSymbol type) =>
        new(kind, TypeTexts.FullName(type), kind == TableClassKind.Base ? TypeTexts.TypeOf(type) : _names.Of(type));

    /// <summary>What a compiler shows of a class in another assembly may be less than what reflection finds there. Its own table says whether it is.</summary>
    private string? WhyBaseIsUnknown(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null && !current.Is(_symbols.ConsumerHandler); current = current.BaseType)
        {
            if (current.ContainingAssembly.Is(_compilation.Assembly))
                continue;
            if (TableAssembly.TableOf(current.ContainingAssembly) is null)
                return $"derives from {current.Name}, whose assembly has no table of handlers";
            if (TableAssembly.HidesHandlers(current))
                return $"derives from {current.Name}, which has handlers that are not visible outside of its assembly";
        }
        return null;
    }

    private static bool IsInheritable(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }
        return !type.IsSealed;
    }

    private static bool IsSeenByHeirs(IMethodSymbol method) =>
        method.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
