using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>NATS0301: the checks of the runtime's HandlerMethodFactory, in its order.</summary>
internal static class HandlerSignature
{
    /// <summary>A property of the finding: <c>async void</c>, which has a fix.</summary>
    public const string AsyncVoid = nameof(AsyncVoid);

    /// <summary>An override has the attributes of what it overrides besides its own; what was wrong there already is not said again.</summary>
    public static void Judge(IMethodSymbol method, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        if (Why(method, symbols, context.CancellationToken) is not var (why, symbol))
            return;
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (symbols.IsHandlerMethod(overridden) && Why(overridden, symbols, context.CancellationToken) is not null)
                return;
        }
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (method is { IsAsync: true, ReturnsVoid: true } && symbol.Is(method) && !method.HasFixedSignature())
            properties = properties.Add(AsyncVoid, "");
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0301_HandlerSignature, symbol.Locations[0], properties, $"{method.ContainingType.Name}.{method.Name}{why}"));
    }

    /// <summary>The handlers of generic base classes, by what the class puts in for their type parameters.</summary>
    public static void JudgeInherited(INamedTypeSymbol type, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        if (type.IsGenericType)
            return;
        for (var current = type.BaseType; current is { IsGenericType: true }; current = current.BaseType)
        {
            foreach (var method in current.GetMembers().OfType<IMethodSymbol>().Where(method => symbols.IsHandlerMethod(method) && !symbols.IsFallback(method)))
            {
                if (Why(method, symbols, context.CancellationToken) is var (why, _) && Why(method.OriginalDefinition, symbols, context.CancellationToken) is null)
                    context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0301_HandlerSignature, type.Locations[0], $"{type.Name}.{method.Name}{why}"));
            }
        }
    }

    /// <summary>Whether the runtime could call it with single messages of a subject without tokens.</summary>
    public static bool IsCallable(IMethodSymbol method, NatsSymbols symbols) => !BatchSignature.TakesBatches(method, symbols) && Wrong(method, [], symbols) is null;

    private static (string Why, ISymbol Where)? Why(IMethodSymbol method, NatsSymbols symbols, CancellationToken cancellationToken)
    {
        var patterns = symbols.PatternsOf(method, cancellationToken);
        if (Wrong(method, patterns, symbols) is var (why, symbol))
            return ($" {why}. {BatchSignature.Shape}.", symbol);
        if (Unbound(method, patterns) is var (parameter, text))
            return ($": the parameter '{parameter.Name}' is no token of '{text}'. Write it into the pattern as '{{{parameter.Name}}}', or take the parameter away.", parameter);
        return null;
    }

    /// <summary>The parameter that is read from the message's payload, and as what; null if none is.</summary>
    public static (ITypeSymbol Type, IParameterSymbol Parameter)? Payload(IMethodSymbol method, NatsSymbols symbols, CancellationToken cancellationToken)
    {
        var tokens = new HashSet<string>(symbols.PatternsOf(method, cancellationToken).SelectMany(pattern => TokensOf(pattern.Text)));
        foreach (var parameter in method.Parameters)
        {
            var type = BatchSignature.ItemOf(parameter.Type, symbols) ?? parameter.Type;
            if (!type.Is(symbols.MessageContext) && !type.Is(symbols.CancellationToken) && !tokens.Contains(parameter.Name))
                return (type, parameter);
        }
        return null;
    }

    private static (string Why, ISymbol Where)? Wrong(IMethodSymbol method, IReadOnlyList<HandlerPattern> patterns, NatsSymbols symbols)
    {
        if (method.IsStatic)
            return ("is static", method);
        if (method.IsGenericMethod)
            return ("is generic", method);
        if (BatchSignature.TakesBatches(method, symbols))
            return BatchSignature.WhyWrong(method, symbols, Show);

        var tokens = new HashSet<string>(patterns.SelectMany(pattern => TokensOf(pattern.Text)));
        IParameterSymbol? message = null, cancellation = null, payload = null;
        foreach (var parameter in method.Parameters)
        {
            var type = parameter.Type;
            if (parameter.RefKind != RefKind.None || type.IsRefLikeType || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
                return ($"takes '{parameter.Name}' by reference", parameter);
            if (type.Is(symbols.MessageContext))
            {
                if (message is not null)
                    return ("takes the MessageContext twice", parameter);
                message = parameter;
            }
            else if (type.Is(symbols.CancellationToken))
            {
                if (cancellation is not null)
                    return ("takes the CancellationToken twice", parameter);
                cancellation = parameter;
            }
            else if (tokens.Contains(parameter.Name))
            {
                if (!IsReadFromText(type, symbols))
                    return ($"binds the token '{{{parameter.Name}}}' to {Show(type)}, which cannot be read from text (it is neither string nor ISpanParsable)", parameter);
            }
            else if (payload is not null)
            {
                return ($"takes two payloads, '{payload.Name}' and '{parameter.Name}' (a token parameter has the name of its {{token}})", parameter);
            }
            else
            {
                payload = parameter;
            }
        }
        return IsReturnType(method.ReturnType, symbols) ? null : ($"returns {Show(method.ReturnType)}", method);
    }

    /// <summary>A parameter that is a token of one pattern must be one of all of them.</summary>
    private static (IParameterSymbol Parameter, string Text)? Unbound(IMethodSymbol method, IReadOnlyList<HandlerPattern> patterns)
    {
        var valid = patterns.Where(pattern => pattern.Pattern is not null).ToList();
        foreach (var parameter in method.Parameters.Where(parameter => valid.Any(pattern => TokensOf(pattern.Text).Contains(parameter.Name))))
        {
            if (valid.FirstOrDefault(pattern => !TokensOf(pattern.Text).Contains(parameter.Name)) is { } without)
                return (parameter, without.Text);
        }
        return null;
    }

    private static IEnumerable<string> TokensOf(string pattern) =>
        pattern.Split('.').Where(token => token.Length > 2 && token[0] == '{' && token[token.Length - 1] == '}').Select(token => token.Substring(1, token.Length - 2));

    /// <summary>What a type parameter is, the classes say that derive from its class.</summary>
    private static bool IsReadFromText(ITypeSymbol type, NatsSymbols symbols) => type is ITypeParameterSymbol
        || type.SpecialType == SpecialType.System_String
        || type.AllInterfaces.Any(candidate => candidate.OriginalDefinition.Is(symbols.SpanParsable) && candidate.TypeArguments[0].Is(type));

    private static bool IsReturnType(ITypeSymbol type, NatsSymbols symbols) => type.Is(symbols.Task)
        || type.Is(symbols.ValueTask)
        || (type is INamedTypeSymbol { TypeArguments.Length: 1 } generic
            && generic.TypeArguments[0].Is(symbols.Outcome)
            && (generic.OriginalDefinition.Is(symbols.TaskOfT) || generic.OriginalDefinition.Is(symbols.ValueTaskOfT)));

    private static string Show(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
