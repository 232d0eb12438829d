using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers;

/// <summary>Reads a value out of an expression, if it is as good as constant.</summary>
internal delegate bool ConstantReader<T>(IOperation value, out T result);

/// <summary>
/// The properties of a class that are one expression each, <c>=> …</c>, <c>{ get; } = …</c> or <c>{ get { return …; } }</c>. What has statements, and what a base class of the user's own
/// overrides, may be anything.
/// </summary>
internal sealed class PropertyValues
{
    private readonly INamedTypeSymbol _type;
    private readonly HashSet<string> _overridden = [];
    private readonly ConcurrentDictionary<string, IOperation> _values = new();
    private readonly ConcurrentDictionary<IFieldSymbol, IOperation> _fields = new(SymbolEqualityComparer.Default);

    public PropertyValues(INamedTypeSymbol type, NatsSymbols symbols)
    {
        _type = type;
        for (var current = type; current is not null && !current.ContainingAssembly.Is(symbols.Handle.ContainingAssembly); current = current.BaseType)
            _overridden.UnionWith(current.GetMembers().OfType<IPropertySymbol>().Where(property => property.IsOverride).Select(property => property.Name));
    }

    public bool IsOverridden(string name) => _overridden.Contains(name);

    /// <summary>The expression of a property of the class itself, if it is only one.</summary>
    public IOperation? ValueOf(string name) => _values.TryGetValue(name, out var value) ? value : null;

    public Setting<T> Read<T>(string name, T otherwise, ConstantReader<T> read)
    {
        if (!IsOverridden(name))
            return new Setting<T>(true, otherwise, null);
        if (ValueOf(name) is not { } value)
            return default;
        var source = ConstantTexts.Unwrap(value) is IFieldReferenceOperation { Field: var field } && _fields.TryGetValue(field, out var initial) ? initial : value;
        return read(source, out var result) ? new Setting<T>(true, result, value.Syntax) : default;
    }

    /// <summary>To be called for every Return, PropertyInitializer and FieldInitializer of the class.</summary>
    public void Add(OperationAnalysisContext context)
    {
        switch (context.Operation)
        {
            case IReturnOperation { ReturnedValue: { } value } when context.ContainingSymbol is IMethodSymbol { AssociatedSymbol: IPropertySymbol property } && !context.Operation.IsInFunction():
                Add(property, value);
                break;
            case IPropertyInitializerOperation { InitializedProperties.Length: 1 } initializer:
                Add(initializer.InitializedProperties[0], initializer.Value);
                break;
            case IFieldInitializerOperation { InitializedFields.Length: 1 } initializer when initializer.InitializedFields[0] is { IsStatic: true, IsReadOnly: true } field:
                _fields[field] = initializer.Value;
                break;
        }
    }

    private void Add(IPropertySymbol property, IOperation value)
    {
        if (property.IsOverride && property.ContainingType.Is(_type) && IsOneExpression(property))
            _values[property.Name] = value;
    }

    private bool IsOneExpression(IPropertySymbol property)
    {
        if (property.DeclaringSyntaxReferences.Length != 1 || property.DeclaringSyntaxReferences[0].GetSyntax() is not PropertyDeclarationSyntax declaration)
            return false;
        return declaration.ExpressionBody is not null
            || (declaration.Initializer is not null && property.SetMethod is null && !IsAssigned(property))
            || (declaration.AccessorList is { Accessors: { Count: 1 } accessors } && (accessors[0].ExpressionBody is not null || (accessors[0].Body is { Statements: { Count: 1 } statements } && statements[0] is ReturnStatementSyntax)));
    }

    /// <summary>Whether a constructor gives it another value.</summary>
    private bool IsAssigned(IPropertySymbol property) => _type.InstanceConstructors
        .SelectMany(constructor => constructor.DeclaringSyntaxReferences)
        .Select(reference => reference.GetSyntax())
        .OfType<ConstructorDeclarationSyntax>()
        .SelectMany(constructor => constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>())
        .Any(assignment => assignment.Left.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == property.Name));
}
