using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers;

/// <summary>Finds every value that is given to a parameter, a property or a field, and what it is given to.</summary>
internal static class GivenValues
{
    public static void Register(CompilationStartAnalysisContext context, Action<OperationAnalysisContext, ISymbol, IOperation> found) => context.RegisterOperationAction(
        operation =>
        {
            if (Target(operation) is var (target, value))
                found(operation, target, value);
        },
        OperationKind.Argument,
        OperationKind.SimpleAssignment,
        OperationKind.Return,
        OperationKind.PropertyInitializer,
        OperationKind.FieldInitializer,
        OperationKind.ParameterInitializer);

    private static (ISymbol Target, IOperation Value)? Target(OperationAnalysisContext context) => context.Operation switch
    {
        // A default value that nobody wrote here is judged where it is declared.
        IArgumentOperation { Parameter: { } parameter, ArgumentKind: not ArgumentKind.DefaultValue } argument => (parameter, argument.Value),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } assignment => (property, assignment.Value),
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: var field } } assignment => (field, assignment.Value),
        IReturnOperation { ReturnedValue: { } value } operation when Getter(context, operation) is { } property => (property, value),
        IPropertyInitializerOperation initializer => (initializer.InitializedProperties[0], initializer.Value),
        IFieldInitializerOperation initializer => (initializer.InitializedFields[0], initializer.Value),
        IParameterInitializerOperation initializer => (initializer.Parameter, initializer.Value),
        _ => null,
    };

    private static IPropertySymbol? Getter(OperationAnalysisContext context, IOperation operation) =>
        context.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: IPropertySymbol property } && !operation.IsInFunction() ? property : null;
}
