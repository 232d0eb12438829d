using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>NATS0303: a thread that waits in a handler. Tasks that are known to have completed may be asked for their result.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCall() : NatsAnalyzer(Descriptors.NATS0303_BlockingCall)
{
    /// <summary>A property of the finding: an await can take the place of the call.</summary>
    public const string CanAwait = nameof(CanAwait);

    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => context.RegisterOperationAction(
        context =>
        {
            if (Blocks(context.Operation, symbols) is var (what, instead, receiver)
                && HandlerBodies.IsHandler(context.ContainingSymbol, symbols)
                && (receiver is null || !CompletedTasks.In(Root(context.Operation)).Has(receiver)))
            {
                var properties = ImmutableDictionary<string, string?>.Empty;
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.NATS0303_BlockingCall, context.Operation.Syntax.GetLocation(), IsAwaitable(context.Operation, symbols) ? properties.Add(CanAwait, "") : properties, what, instead));
            }
        },
        OperationKind.Invocation,
        OperationKind.PropertyReference);

    private static (string What, string Instead, IOperation? Receiver)? Blocks(IOperation operation, NatsSymbols symbols)
    {
        switch (operation)
        {
            case IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } when IsTask(task.Type, symbols):
                return ("Result", "the task", task);
            case IInvocationOperation { TargetMethod.Name: "Wait", Instance: { } task } when IsTask(task.Type, symbols):
                return ("Wait()", "the task", task);
            case IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } } when IsTask(CompletedTasks.Itself(task).Type, symbols):
                return ("GetAwaiter().GetResult()", "the task", CompletedTasks.Itself(task));
            case IInvocationOperation { TargetMethod: { IsStatic: true, Name: "WaitAll" or "WaitAny" } method } when method.ContainingType.Is(symbols.Task):
                return ($"Task.{method.Name}()", method.Name == "WaitAll" ? "Task.WhenAll()" : "Task.WhenAny()", null);
            case IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Sleep" } method } when method.ContainingType.Is(symbols.Thread):
                return ("Thread.Sleep()", "Task.Delay()", null);
            case IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: { Name: "File", ContainingNamespace.Name: "IO" } type } method }
                when type.GetMembers(method.Name + "Async").Any():
                return ($"File.{method.Name}()", $"File.{method.Name}Async()", null);
            default:
                return null;
        }
    }

    /// <summary>
    /// Whether the compiler would take an await: references and spans do not live beyond one, not every method of File has the same parameters with Async, and those of Task.Delay have other names than those of Sleep.
    /// </summary>
    private static bool IsAwaitable(IOperation operation, NatsSymbols symbols)
    {
        if (operation is IInvocationOperation { TargetMethod: { ContainingType.Name: "File" } method }
            && !method.ContainingType.GetMembers(method.Name + "Async").OfType<IMethodSymbol>().Any(other => IsTask(other.ReturnType, symbols) && other.Parameters.Take(method.Parameters.Length)
                .Select(parameter => parameter.Type).SequenceEqual(method.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default)))
        {
            return false;
        }
        if (operation is IInvocationOperation { TargetMethod.Name: "Sleep" } sleep && sleep.Arguments.Any(argument => argument.Syntax is ArgumentSyntax { NameColon: not null }))
            return false;
        return !IsAmidReferences(operation)
            && !Root(operation).Descendants().OfType<IVariableDeclaratorOperation>().Any(variable => variable.Symbol.IsRef || variable.Symbol.Type.IsRefLikeType);
    }

    /// <summary>Whether its statement, or a loop around it, has a span in hand.</summary>
    private static bool IsAmidReferences(IOperation operation)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent is IBlockOperation && child.DescendantsAndSelf().Any(IsReference))
                return true;
            if (parent is IBlockOperation)
                break;
        }
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IForEachLoopOperation loop && loop.Collection.DescendantsAndSelf().Any(IsReference))
                return true;
        }
        return false;
    }

    // What the compiler makes itself, as of parameters with 'params', it makes so that it works.
    private static bool IsReference(IOperation operation) => operation is { IsImplicit: false, Type.IsRefLikeType: true };

    private static IOperation Root(IOperation any)
    {
        while (any.Parent is { } parent)
            any = parent;
        return any;
    }

    private static bool IsTask(ITypeSymbol? type, NatsSymbols symbols) => type?.OriginalDefinition is { } definition
        && (definition.Is(symbols.Task) || definition.Is(symbols.TaskOfT) || definition.Is(symbols.ValueTask) || definition.Is(symbols.ValueTaskOfT));
}
