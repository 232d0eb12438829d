using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Publishing;

/// <summary>How a project sets up JSON for its payloads: which contexts its options have, and whether that is all they have.</summary>
internal sealed class JsonSetup(INamedTypeSymbol contextType)
{
    private readonly ConcurrentBag<INamedTypeSymbol> _contexts = [];
    private volatile bool _usesJson;
    private volatile bool _mayReflect;

    /// <summary>Null where contexts are not known at all.</summary>
    public static JsonSetup? Find(Compilation compilation) =>
        compilation.FindType("System.Text.Json", "System.Text.Json.Serialization.JsonSerializerContext") is { } type ? new JsonSetup(type) : null;

    /// <summary>The contexts that resolve payload types; none where something else may resolve them.</summary>
    public ImmutableArray<INamedTypeSymbol> Contexts => _usesJson && !_mayReflect
        ? [.. SourceOrder.Of(_contexts.Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default), context => context.Locations[0])]
        : [];

    /// <summary>To be called for every PropertyReference, ObjectCreation and Invocation.</summary>
    public void Read(OperationAnalysisContext context)
    {
        switch (context.Operation)
        {
            case IInvocationOperation { TargetMethod: { Name: "UseJson", ContainingType.Name: "NatsConsumersBuilder" }, Arguments: { Length: 1 } arguments }:
                _usesJson = true;
                // Options made on the spot have no other resolver than those that are seen.
                _mayReflect |= ConstantTexts.Unwrap(arguments[0].Value) is IObjectCreationOperation options && !options.Descendants().Any(IsContext);
                _mayReflect |= arguments[0].Parameter?.Type.Name == "IJsonTypeInfoResolver" && IsOther(arguments[0].Value);
                break;
            case IObjectCreationOperation { Type.Name: "DefaultJsonTypeInfoResolver" }:
                _mayReflect = true;
                break;
            case IPropertyReferenceOperation or IObjectCreationOperation when IsContext(context.Operation):
                if (IsGivenToOptions(context.Operation))
                    _contexts.Add((INamedTypeSymbol)context.Operation.Type!);
                break;
            case IPropertyReferenceOperation { Property.Name: "TypeInfoResolver" or "TypeInfoResolverChain" } resolver when ResolversOf(resolver).Any(IsOther):
            case IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "JsonSerializerOptions" }, Parent: IArgumentOperation { Parent: IObjectCreationOperation { Type.Name: "JsonSerializerOptions" } } }:
                _mayReflect = true;
                break;
        }
    }

    // Asked of nearly every expression: what a type of another assembly is in the end is not looked up.
    private bool IsContext(IOperation operation) => operation.Type is INamedTypeSymbol { BaseType: { SpecialType: SpecialType.None } parent }
        && (parent.Is(contextType) || (parent.Locations[0].IsInSource && parent.DerivesFrom(contextType)));

    /// <summary>What a property of options is given.</summary>
    private static IEnumerable<IOperation> ResolversOf(IPropertyReferenceOperation property) => property.Parent switch
    {
        ISimpleAssignmentOperation assignment when assignment.Target == property => [assignment.Value],
        IInvocationOperation { TargetMethod.Name: "Add" or "Insert" } call when call.Instance == property => call.Arguments.Where(argument => argument.Parameter?.Type.Name == "IJsonTypeInfoResolver").Select(argument => argument.Value),
        IMemberInitializerOperation { Initializer.Initializers: var added } => added.OfType<IInvocationOperation>().SelectMany(call => call.Arguments).Select(argument => argument.Value),
        _ => [],
    };

    /// <summary>Whether a resolver is, or has in it, something that is no context: it may know any type.</summary>
    private bool IsOther(IOperation value)
    {
        value = ConstantTexts.Unwrap(value);
        return value switch
        {
            { ConstantValue: { HasValue: true, Value: null } } => false,
            IInvocationOperation { TargetMethod: { Name: "Combine" or "WithAddedModifier", ContainingType.Name: "JsonTypeInfoResolver" }, Arguments: var arguments } =>
                arguments.Where(argument => argument.Parameter?.Ordinal == 0).Any(argument => IsOther(argument.Value)),
            IArrayCreationOperation { Initializer.ElementValues: var elements } => elements.Any(IsOther),
            ICollectionExpressionOperation { Elements: var elements } => elements.Any(IsOther),
            _ => !IsContext(value),
        };
    }

    /// <summary>As the argument of UseJson, as a resolver of options, or as a part of one.</summary>
    private static bool IsGivenToOptions(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IInvocationOperation { TargetMethod: { Name: "UseJson", ContainingType.Name: "NatsConsumersBuilder" } or { Name: "Combine", ContainingType.Name: "JsonTypeInfoResolver" } }:
                case IInvocationOperation { Instance: IPropertyReferenceOperation { Property.Name: "TypeInfoResolverChain" } }:
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "TypeInfoResolver" } }:
                case IObjectOrCollectionInitializerOperation { Parent: IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property.Name: "TypeInfoResolverChain" } } }:
                    return true;
            }
        }
        return false;
    }
}
