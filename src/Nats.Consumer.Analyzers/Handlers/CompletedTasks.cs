using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>The tasks of a method that are known to have completed somewhere in it: awaited, asked whether they have completed, given to WhenAll or WhenAny, or come from there.</summary>
internal sealed class CompletedTasks
{
    private readonly HashSet<ISymbol> _completed = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IOperation> _collections = new(SymbolEqualityComparer.Default);

    private CompletedTasks()
    {
    }

    public static CompletedTasks In(IOperation body)
    {
        var tasks = new CompletedTasks();
        foreach (var operation in body.Descendants())
            tasks._completed.UnionWith(tasks.Completed(operation).SelectMany(Symbols));
        return tasks;
    }

    /// <summary>The task of a call that only looks after it.</summary>
    public static IOperation Itself(IOperation task) => task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WaitAsync", Instance: { } configured } ? configured : task;

    /// <summary>Whether a task is one of them, or out of a sequence of them: <c>tasks[0]</c>, <c>pair.Value</c>, the <c>task</c> of <c>tasks.Select(task => …)</c> or of a foreach.</summary>
    public bool Has(IOperation task) => Has(task, depth: 0);

    private bool Has(IOperation? task, int depth)
    {
        const int Enough = 10; // nobody writes more, and a circle ends
        if (task is null || depth > Enough)
            return false;
        if (Symbols(task).Any(_completed.Contains))
            return true;
        return task switch
        {
            IConversionOperation conversion => Has(conversion.Operand, depth + 1),
            IArrayElementReferenceOperation element => Has(element.ArrayReference, depth + 1),
            IPropertyReferenceOperation { Instance: not IInstanceReferenceOperation } property => Has(property.Instance, depth + 1),
            IInvocationOperation { TargetMethod: { IsExtensionMethod: true, ContainingType.Name: "Enumerable" }, Arguments: { Length: > 0 } arguments } => Has(arguments[0].Value, depth + 1),
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } => PatternOf(task) is { } pattern && (AsksForCompletion(pattern) || (pattern.Parent is IIsPatternOperation matched && Has(matched.Value, depth + 1))),
            ILocalReferenceOperation local => _collections.TryGetValue(local.Local, out var collection) && (IsCall(collection, "WhenEach") || Has(collection, depth + 1)),
            IParameterReferenceOperation parameter => CallOf(parameter) is { } call && (call.TargetMethod.Name == "ContinueWith" || Has(call.Instance ?? call.Arguments.FirstOrDefault()?.Value, depth + 1)),
            _ => false,
        };
    }

    private IEnumerable<IOperation> Completed(IOperation operation)
    {
        switch (operation)
        {
            case IAwaitOperation awaiting:
                return [Itself(awaiting.Operation)];
            case IPropertyReferenceOperation { Instance: { } asked } property when TellsOfCompletion(property):
                return [asked];
            case IIsPatternOperation { Pattern: IRecursivePatternOperation pattern } matched when AsksForCompletion(pattern):
                _completed.UnionWith(pattern.DeclaredSymbol is { } declared ? [declared] : []);
                return [matched.Value];
            case IInvocationOperation { TargetMethod.Name: "WhenAll" or "WhenAny" } whenAll:
                return whenAll.Descendants();
            case IVariableDeclaratorOperation { Initializer.Value: IAwaitOperation { Operation: { } first } } variable when IsCall(Itself(first), "WhenAny"):
                _completed.Add(variable.Symbol);
                return [];
            case IForEachLoopOperation loop:
                foreach (var local in loop.Locals)
                    _collections[local] = loop.Collection;
                return [];
            default:
                return [];
        }
    }

    private static bool AsksForCompletion(IRecursivePatternOperation pattern) => pattern.PropertySubpatterns.Any(part => part.Member is IPropertyReferenceOperation member && TellsOfCompletion(member));

    /// <summary>The pattern that <c>Result</c> stands in, of <c>{ IsCompleted: true, Result: > 3 }</c>.</summary>
    private static IRecursivePatternOperation? PatternOf(IOperation operation)
    {
        while (operation.Parent is { } parent and not IRecursivePatternOperation)
            operation = parent;
        return operation.Parent as IRecursivePatternOperation;
    }

    private static bool TellsOfCompletion(IPropertyReferenceOperation reference) => reference.Property is { Name: "IsCompleted" or "IsCompletedSuccessfully" or "Status", ContainingType.Name: "Task" or "ValueTask" };

    /// <summary>Whether the value is what a method of this name returns, through whatever it is passed on by.</summary>
    private static bool IsCall(IOperation value, string method) => value.DescendantsAndSelf().Any(operation => operation is IInvocationOperation { TargetMethod: { ContainingType.Name: "Task" } called } && called.Name == method);

    /// <summary>The call that a lambda with this parameter is given to.</summary>
    private static IInvocationOperation? CallOf(IParameterReferenceOperation parameter)
    {
        for (var parent = parameter.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is not IAnonymousFunctionOperation function || !function.Symbol.Parameters.Any(own => own.Is(parameter.Parameter)))
                continue;
            while (parent.Parent is IDelegateCreationOperation or IConversionOperation)
                parent = parent.Parent;
            return parent.Parent is IArgumentOperation { Parent: IInvocationOperation call } ? call : null;
        }
        return null;
    }

    private static IEnumerable<ISymbol> Symbols(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => [local.Local],
        IParameterReferenceOperation parameter => [parameter.Parameter],
        IFieldReferenceOperation field => [field.Field],
        IPropertyReferenceOperation { Property: { IsIndexer: false } property } => [property],
        _ => [],
    };
}
