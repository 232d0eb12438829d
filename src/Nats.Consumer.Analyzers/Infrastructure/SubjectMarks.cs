using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>Reads [StringSyntax] of parameters, properties and fields; remembers the answers for one compilation.</summary>
internal sealed class SubjectMarks(NatsSymbols symbols)
{
    // Boxed: the runtime would compile a dictionary of its own for values of this type, in each compiler's process.
    private readonly ConcurrentDictionary<ISymbol, object> _known = new(SymbolEqualityComparer.Default);

    public SubjectKind KindOf(ISymbol? symbol)
    {
        if (symbol is null || !CanHoldText(symbol))
            return SubjectKind.None;
        return (SubjectKind)_known.GetOrAdd(symbol.OriginalDefinition, Read);
    }

    public SubjectRole RoleOf(ISymbol symbol)
    {
        var type = symbol.ContainingType;
        if (type.Is(symbols.Handle))
            return SubjectRole.Handler;
        if (symbol is IPropertySymbol { Name: "Subjects" } && type.Is(symbols.StreamConfig))
            return SubjectRole.Stream;
        if (symbol is IPropertySymbol { Name: "FilterSubjects" } && type.Is(symbols.ConsumerConfig))
            return SubjectRole.Filter;
        if (symbol is IPropertySymbol { Name: "Subjects" } && (type.Is(symbols.JetStreamConsumer) || symbols.IsConsumerClass(type)))
            return SubjectRole.Consumer;
        var isOurs = symbol.ContainingAssembly.Is(symbols.Handle.ContainingAssembly);
        return isOurs && symbol is IParameterSymbol or IPropertySymbol { ContainingType.Name: "PublishMessage" } && KindOf(symbol) == SubjectKind.Subject ? SubjectRole.Publish : SubjectRole.Other;
    }

    // Asking for attributes is what costs; most symbols are out by their type.
    private static bool CanHoldText(ISymbol symbol)
    {
        var type = symbol switch
        {
            IParameterSymbol parameter => parameter.Type,
            IPropertySymbol property => property.Type,
            IFieldSymbol field => field.Type,
            _ => null,
        };
        return type switch
        {
            { SpecialType: SpecialType.System_String } => true,
            IArrayTypeSymbol array => array.ElementType.SpecialType == SpecialType.System_String,
            INamedTypeSymbol { TypeArguments.Length: 1 } generic => generic.TypeArguments[0].SpecialType == SpecialType.System_String,
            _ => false,
        };
    }

    private object Read(ISymbol symbol)
    {
        for (var current = symbol; current is not null; current = Overridden(current))
        {
            var mark = current.GetAttributes().FirstOrDefault(data => data.AttributeClass.Is(symbols.StringSyntax));
            switch (mark?.ConstructorArguments.FirstOrDefault().Value)
            {
                case "NatsSubject":
                    return SubjectKind.Subject;
                case "NatsSubjectPattern":
                    return SubjectKind.Pattern;
            }
        }
        return SubjectKind.None;
    }

    /// <summary>The parameter that a positional record made the property of.</summary>
    private static IParameterSymbol? Parameter(INamedTypeSymbol record, IPropertySymbol property) => record.InstanceConstructors.SelectMany(constructor => constructor.Parameters).FirstOrDefault(parameter =>
        parameter.Name == property.Name && char.IsUpper(parameter.Name[0]) && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type));

    private static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IPropertySymbol { OverriddenProperty: { } property } => property,
        IPropertySymbol { ContainingType: { } record } property when record.IsRecord || record.IsValueType => Parameter(record, property), // a record struct of another assembly looks like any struct
        IParameterSymbol { ContainingSymbol: IMethodSymbol { OverriddenMethod: { } method } } parameter => method.Parameters[parameter.Ordinal],
        _ => null,
    };
}
