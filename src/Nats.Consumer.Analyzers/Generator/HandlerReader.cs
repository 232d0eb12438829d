using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>Reads classes as the runtime's ReflectionCatalog does, to the same result.</summary>
internal sealed class HandlerReader(Compilation compilation, NatsSymbols symbols)
{
    private readonly Nameability _names = new(compilation);

    /// <summary>Whether a node may declare a handler or consumer class: it has a base class or an interface.</summary>
    public static bool IsCandidate(SyntaxNode node) => node is ClassDeclarationSyntax { BaseList: not null };

    /// <summary>What the table says of the class that a node declares; null if nothing, or if another of its parts is where it says so.</summary>
    public static TableClass? Read(SemanticModel semantics, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (semantics.GetDeclaredSymbol(node, cancellationToken) is not INamedTypeSymbol { IsStatic: false } type || NatsSymbols.Find(semantics.Compilation) is not { } symbols)
            return null;
        var first = type.DeclaringSyntaxReferences.First(reference => IsCandidate(reference.GetSyntax(cancellationToken)));
        return first.SyntaxTree == node.SyntaxTree && first.Span == node.Span ? new HandlerReader(semantics.Compilation, symbols).Read(type) : null;
    }

    public TableClass? Read(INamedTypeSymbol type)
    {
        if (symbols.IsHandlerClass(type))
            return ReadHandler(type);
        return !symbols.IsConsumerClass(type) || type.IsAbstract || type.IsGenericType ? null : New(TableClassKind.Consumer, type) with { Unlisted = _names.WhyNot(type) };
    }

    private TableClass? ReadHandler(INamedTypeSymbol type)
    {
        var methods = HandlerMethods.Of(type, symbols, out var overridesFallback);
        var hides = IsInheritable(type) && methods.Any(method => method.Symbol.ContainingType.Is(type) && !IsSeenByHeirs(method.Symbol));
        if (type.IsAbstract || type.IsGenericType)
            return hides ? New(TableClassKind.Base, type) with { HidesHandlers = true } : null;
        var handler = New(TableClassKind.Handler, type) with { OverridesFallback = overridesFallback, HidesHandlers = hides };
        if ((_names.WhyNot(type) ?? WhyBaseIsUnknown(type)) is { } why)
            return handler with { Unlisted = why };

        var signatures = new SignatureReader(symbols, _names);
        var read = new List<TableMethod>();
        foreach (var method in methods)
        {
            switch (signatures.Read(type, method))
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

    private static TableClass New(TableClassKind kind, INamedTypeSymbol type) =>
        new(kind, TypeTexts.FullName(type), kind == TableClassKind.Base ? TypeTexts.TypeOf(type) : TypeTexts.ForCode(type));

    /// <summary>What a compiler shows of a class in another assembly may be less than what reflection finds there. Its own table says whether it is.</summary>
    private string? WhyBaseIsUnknown(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null && !current.Is(symbols.ConsumerHandler); current = current.BaseType)
        {
            if (current.ContainingAssembly.Is(compilation.Assembly))
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
