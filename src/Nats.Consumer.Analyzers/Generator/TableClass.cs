namespace Nats.Consumer.Analyzers.Generator;

internal enum TableClassKind
{
    /// <summary>A class of which handlers can be made.</summary>
    Handler,

    /// <summary>A class of which consumers can be made.</summary>
    Consumer,

    /// <summary>A base class of handlers in other assemblies, which is listed only for what it hides from them.</summary>
    Base,
}

/// <summary>What the table says of a class. Only texts: what holds on to symbols keeps whole compilations alive and is never equal to itself after an edit.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="FullName">Its name, as reflection has it.</param>
/// <param name="Type">Its name in generated code.</param>
internal sealed record TableClass(TableClassKind Kind, string FullName, string Type)
{
    /// <summary>Why the runtime must use reflection for it, as in <c>is private</c>; null if it need not.</summary>
    public string? Unlisted { get; init; }

    /// <summary>Whether it has handlers that code in other assemblies cannot see.</summary>
    public bool HidesHandlers { get; init; }

    public bool OverridesFallback { get; init; }

    /// <summary>What is wrong with it, in the words in which the runtime refuses it at start.</summary>
    public string? Refusal { get; init; }

    public EquatableArray<TableMethod> Methods { get; init; }

    /// <summary>Names what is generated for it.</summary>
    public string Identifier => Identifiers.Of(FullName);
}

/// <summary>A handler method.</summary>
/// <param name="Name">Its name, as reflection has it.</param>
/// <param name="DeclaringType">The class that it is declared in, in generated code.</param>
/// <param name="ReturnType">What it returns, in generated code.</param>
/// <param name="ByAccessor">Whether it cannot be called by its name: it is private, or shares its name with others.</param>
internal sealed record TableMethod(string Name, string DeclaringType, string ReturnType, bool ByAccessor)
{
    public EquatableArray<string> Patterns { get; init; }

    public EquatableArray<TableParameter> Parameters { get; init; }

    /// <summary>What payloads are read as, one by one; null where they are not read.</summary>
    public string? Payload => Parameters.Select(parameter => parameter.Kind == TableParameterKind.Payload ? parameter.Type : parameter.Item).FirstOrDefault(type => type is not null);

    public bool TakesBatches => Parameters.Any(parameter => parameter.Kind is TableParameterKind.Batch or TableParameterKind.RawBatch);
}

internal enum TableParameterKind
{
    Message,
    Cancellation,
    TextToken,
    ParsedToken,
    Payload,
    Batch,
    RawBatch,
}

/// <summary>A parameter, its type as in generated code.</summary>
internal sealed record TableParameter(TableParameterKind Kind, string Name, string Type)
{
    /// <summary>Of a batch: the type of its payloads.</summary>
    public string? Item { get; init; }

    public bool IsToken => Kind is TableParameterKind.TextToken or TableParameterKind.ParsedToken;
}
