using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers;

/// <summary>
/// Finds the subjects of a compilation: what is given to a marked parameter, property or field, here or in the user's own wrappers.
/// </summary>
internal static class SubjectFinder
{
    public static void Register(CompilationStartAnalysisContext context, NatsSymbols symbols, Action<OperationAnalysisContext, SubjectList> found)
    {
        var marks = new SubjectMarks(symbols);
        context.RegisterOperationAction(
            operation =>
            {
                if (Target(operation) is var (target, value) && marks.KindOf(target) is not SubjectKind.None and var kind)
                    found(operation, Read(target, value, kind, marks.RoleOf(target)));
            },
            OperationKind.Argument,
            OperationKind.SimpleAssignment,
            OperationKind.Return,
            OperationKind.PropertyInitializer,
            OperationKind.FieldInitializer,
            OperationKind.ParameterInitializer);
    }

    private static SubjectList Read(ISymbol target, IOperation value, SubjectKind kind, SubjectRole role)
    {
        var texts = ImmutableArray.CreateBuilder<IOperation>();
        var complete = ConstantTexts.Collect(value, texts);
        var sites = ImmutableArray.CreateBuilder<SubjectSite>(texts.Count);
        foreach (var text in texts)
            sites.Add(new SubjectSite((string)text.ConstantValue.Value!, kind, role, text.Syntax));
        return new SubjectList(target, sites.MoveToImmutable(), complete, value.Syntax) { Role = role };
    }

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

    private static IPropertySymbol? Getter(OperationAnalysisContext context, IOperation operation)
    {
        if (context.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: IPropertySymbol property })
            return null;
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return null;
        }
        return property;
    }
}
