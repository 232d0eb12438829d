using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Acknowledgement;

/// <summary>
/// NATS0704: a context in a static field, or in the hands of a task that nobody awaits. Its memory is used for other messages once the handler has completed.
/// A field of the handler is let be: there is a handler for each message.
/// </summary>
internal static class ContextOutlivesHandler
{
    public static void Judge(IOperation operation, NatsSymbols symbols, OperationBlockAnalysisContext context)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member.IsStatic: true }, Value: { } value } when IsContext(value, symbols):
                Report(value, "Copy what you need of it (Payload.ToArray(), Subject) instead of keeping it");
                break;
            case IExpressionStatementOperation statement when Unawaited(statement, symbols) is { } call && Uses(call, symbols) is { } use:
                Report(use, "Await the task that uses it");
                break;
        }

        void Report(IOperation use, string remedy) =>
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0704_ContextOutlivesHandler, use.Syntax.GetLocation(), use.Syntax.ToString(), remedy));
    }

    /// <summary>A call whose task is thrown away, or which gives work to the thread pool.</summary>
    private static IInvocationOperation? Unawaited(IExpressionStatementOperation statement, NatsSymbols symbols)
    {
        var operation = statement.Operation is ISimpleAssignmentOperation { Target: IDiscardOperation } discarded ? ConstantTexts.Unwrap(discarded.Value) : statement.Operation;
        if (operation is not IInvocationOperation call)
            return null;
        var isTask = call.Type?.OriginalDefinition is { } type && (type.Is(symbols.Task) || type.Is(symbols.TaskOfT) || type.Is(symbols.ValueTask) || type.Is(symbols.ValueTaskOfT));
        return isTask || call.TargetMethod is { ContainingType.Name: "ThreadPool", Name: "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" } ? call : null;
    }

    /// <summary>A context that is given to the call, as an argument or in a lambda. Calls of the context itself have begun when they return.</summary>
    private static IOperation? Uses(IInvocationOperation call, NatsSymbols symbols)
    {
        var given = call.Arguments.Select(argument => ConstantTexts.Unwrap(argument.Value)).ToList();
        var captured = given.SelectMany(value => value.DescendantsAndSelf()).OfType<IAnonymousFunctionOperation>().SelectMany(function => function.Body.Descendants());
        return given.Concat(captured).FirstOrDefault(operation => IsContext(operation, symbols));
    }

    private static bool IsContext(IOperation operation, NatsSymbols symbols) => operation is IParameterReferenceOperation or ILocalReferenceOperation && operation.Type.Is(symbols.MessageContext);
}
