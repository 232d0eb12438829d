using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>What became of a method: something to call, something that the runtime refuses, or something that only reflection can call.</summary>
internal readonly record struct SignatureResult(TableMethod? Method = null, string? Refusal = null, string? Unlisted = null);

/// <summary>Reads signatures as the runtime's HandlerMethodFactory does: the same checks, in the same order, in the same words.</summary>
internal sealed class SignatureReader(NatsSymbols symbols, Nameability names)
{
    public SignatureResult Read(INamedTypeSymbol type, HandlerMethod handler)
    {
        var method = handler.Symbol;
        if (handler.Patterns is not { } patterns)
            return new(Unlisted: $"has a [Handle] on {method.Name} with something that is no text");
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))
            return new(Unlisted: $"has a [Handle] on {method.Name}, which is no ordinary method");
        if (WhyWrong(method, patterns, out var parameters) is { } wrong)
            return new(Refusal: $"{type.MetadataName}.{method.Name} {wrong}. {BatchSignature.Shape}.");
        if (names.WhyNot(method.ContainingType) is { } why)
            return new(Unlisted: $"inherits {method.Name} from {method.ContainingType.Name}, which {why}");
        foreach (var parameter in method.Parameters)
        {
            if (names.WhyNot(parameter.Type) is { } reason)
                return new(Unlisted: $"has a handler {method.Name} that takes {TypeTexts.ForPeople(parameter.Type)}, which {reason}");
        }

        var byAccessor = !names.IsAccessible(method) || method.MethodKind == MethodKind.ExplicitInterfaceImplementation || SharesItsName(method);
        if (byAccessor && method.ContainingType.IsGenericType)
            return new(Unlisted: $"has a handler {method.Name} that is {(names.IsAccessible(method) ? "overloaded" : "not accessible")} in a generic class");
        return new(new TableMethod(method.MetadataName, names.Of(method.ContainingType), names.Of(method.ReturnType), byAccessor)
        {
            Patterns = patterns.ToEquatableArray(),
            Parameters = parameters.ToEquatableArray(),
        });
    }

    private string? WhyWrong(IMethodSymbol method, IReadOnlyList<string> patterns, out List<TableParameter> parameters)
    {
        parameters = [];
        if (method.IsStatic)
            return "is static";
        if (method.IsGenericMethod)
            return "is generic";
        if (BatchSignature.TakesBatches(method, symbols))
        {
            parameters.AddRange(method.Parameters.Select(BatchParameter));
            return BatchSignature.WhyWrong(method, symbols, TypeTexts.ForPeople)?.Why;
        }

        var tokens = new HashSet<string>(patterns.SelectMany(TokensOf));
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType || parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
                return $"takes '{parameter.Name}' by reference";
            if (KindOf(parameter, tokens) is not { } kind)
                return $"binds the token '{{{parameter.Name}}}' to {TypeTexts.ForPeople(parameter.Type)}, which cannot be read from text (it is neither string nor ISpanParsable)";
            if (WhyTwice(kind, parameter, parameters) is { } twice)
                return twice;
            parameters.Add(new TableParameter(kind, parameter.Name, names.Of(parameter.Type)));
        }
        return IsReturnType(method.ReturnType) ? null : $"returns {(method.ReturnsVoid ? "void" : TypeTexts.ForPeople(method.ReturnType))}";
    }

    private TableParameter BatchParameter(IParameterSymbol parameter) => BatchSignature.ItemOf(parameter.Type, symbols) switch
    {
        null => new(TableParameterKind.Cancellation, parameter.Name, names.Of(parameter.Type)),
        var item when item.Is(symbols.MessageContext) => new(TableParameterKind.RawBatch, parameter.Name, names.Of(parameter.Type)),
        var item => new(TableParameterKind.Batch, parameter.Name, names.Of(parameter.Type)) { Item = names.Of(item) },
    };

    private TableParameterKind? KindOf(IParameterSymbol parameter, HashSet<string> tokens)
    {
        var type = parameter.Type;
        if (type.Is(symbols.MessageContext))
            return TableParameterKind.Message;
        if (type.Is(symbols.CancellationToken))
            return TableParameterKind.Cancellation;
        if (!tokens.Contains(parameter.Name))
            return TableParameterKind.Payload;
        return type.SpecialType == SpecialType.System_String ? TableParameterKind.TextToken : IsParsable(type) ? TableParameterKind.ParsedToken : null;
    }

    private static string? WhyTwice(TableParameterKind kind, IParameterSymbol parameter, List<TableParameter> before)
    {
        if (kind is TableParameterKind.TextToken or TableParameterKind.ParsedToken || before.All(other => other.Kind != kind))
            return null;
        return kind switch
        {
            TableParameterKind.Message => "takes the MessageContext twice",
            TableParameterKind.Cancellation => "takes the CancellationToken twice",
            _ => $"takes two payloads, '{before.First(other => other.Kind == kind).Name}' and '{parameter.Name}' (a token parameter has the name of its {{token}})",
        };
    }

    private bool IsParsable(ITypeSymbol type) =>
        type.AllInterfaces.Any(candidate => candidate.OriginalDefinition.Is(symbols.SpanParsable) && candidate.TypeArguments[0].Is(type));

    private bool IsReturnType(ITypeSymbol type) => type.Is(symbols.Task)
        || type.Is(symbols.ValueTask)
        || (type is INamedTypeSymbol { TypeArguments.Length: 1 } generic
            && generic.TypeArguments[0].Is(symbols.Outcome)
            && (generic.OriginalDefinition.Is(symbols.TaskOfT) || generic.OriginalDefinition.Is(symbols.ValueTaskOfT)));

    /// <summary>A call by name could then mean another method: the compiler prefers those of a derived class, and those with a priority.</summary>
    private bool SharesItsName(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(method.Name).Any(member => !IsSameOrOverridden(member, method) && names.IsAccessible(member)))
                return true;
        }
        return false;
    }

    private static bool IsSameOrOverridden(ISymbol member, IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            if (member.Is(current))
                return true;
        }
        return false;
    }

    private static IEnumerable<string> TokensOf(string pattern) =>
        pattern.Split('.').Where(token => token.Length > 2 && token[0] == '{' && token[token.Length - 1] == '}').Select(token => token.Substring(1, token.Length - 2));
}
