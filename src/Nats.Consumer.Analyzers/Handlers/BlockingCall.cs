using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
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
                && (SymbolOf(receiver) is not { } symbol || !Completed(context.Operation).Contains(symbol)))
            {
                var properties = ImmutableDictionary<string, string?>.Empty;
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.NATS0303_BlockingCall, context.Operation.Syntax.GetLocation(), IsAwaitable(context.Operation) ? properties.Add(CanAwait, "") : properties, what, instead));
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
            case IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } } when IsTask(Configured(task).Type, symbols):
                return ("GetAwaiter().GetResult()", "the task", Configured(task));
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

    /// <summary>Whether the compiler would take an await: references and spans do not live beyond one, and not every method of File has the same parameters with Async.</summary>
    private static bool IsAwaitable(IOperation operation)
    {
        if (operation is IInvocationOperation { TargetMethod: { ContainingType.Name: "File" } method }
            && !method.ContainingType.GetMembers(method.Name + "Async").OfType<IMethodSymbol>().Any(other => other.Parameters.Take(method.Parameters.Length).Select(parameter => parameter.Type).SequenceEqual(
                method.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default)))
        {
            return false;
        }
        return !Root(operation).Descendants().OfType<IVariableDeclaratorOperation>().Any(variable => variable.Symbol.IsRef || variable.Symbol.Type.IsRefLikeType);
    }

    private static IOperation Root(IOperation any)
    {
        while (any.Parent is { } parent)
            any = parent;
        return any;
    }

    /// <summary>What was awaited, asked whether it has completed, or given to WhenAll or WhenAny anywhere in the method.</summary>
    private static HashSet<ISymbol> Completed(IOperation any)
    {
        var completed = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in Root(any).Descendants())
        {
            IEnumerable<IOperation> tasks = operation switch
            {
                IAwaitOperation awaiting => [Configured(awaiting.Operation)],
                IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully", Instance: { } asked } => [asked],
                IInvocationOperation { TargetMethod.Name: "WhenAll" or "WhenAny" } whenAll => whenAll.Descendants(),
                _ => [],
            };
            completed.UnionWith(tasks.Select(SymbolOf).OfType<ISymbol>());
        }
        return completed;
    }

    private static ISymbol? SymbolOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    private static IOperation Configured(IOperation task) => task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured } ? configured : task;

    private static bool IsTask(ITypeSymbol? type, NatsSymbols symbols) => type?.OriginalDefinition is { } definition
        && (definition.Is(symbols.Task) || definition.Is(symbols.TaskOfT) || definition.Is(symbols.ValueTask) || definition.Is(symbols.ValueTaskOfT));
}
