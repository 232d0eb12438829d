using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using Nats.Consumer.Generated;

namespace Nats.Consumer.Handling;

/// <summary>Makes a call to a batch handler from its signature, compiled once.</summary>
[RequiresUnreferencedCode("Reads parameters and builds generic calls by reflection.")]
[RequiresDynamicCode("Compiles calls at run time.")]
internal static class BatchMethodFactory
{
    public const string Shape =
        "an IReadOnlyList<Message<T>> or IReadOnlyList<MessageContext> and a CancellationToken, and returns Task, ValueTask, Task<IReadOnlyList<Outcome>> or ValueTask<IReadOnlyList<Outcome>>";

    private static readonly ParameterExpression Handler = Expression.Parameter(typeof(ConsumerHandler), "handler");
    private static readonly ParameterExpression Batch = Expression.Parameter(typeof(HandlerBatch), "batch");
    private static readonly ParameterExpression Cancellation = Expression.Parameter(typeof(CancellationToken), "cancellationToken");

    public static bool TakesBatches(MethodInfo method) => method.GetParameters().Any(parameter => IsBatch(parameter.ParameterType));

    public static HandlerMethod Create(string name, MethodInfo method, IReadOnlyList<string> patterns)
    {
        var arguments = new List<Expression>();
        Type? batch = null;
        bool hasCancellation = false;
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (IsBatch(parameter.ParameterType) && batch is null)
            {
                batch = parameter.ParameterType;
                arguments.Add(BatchArgument(parameter.ParameterType));
            }
            else if (parameter.ParameterType == typeof(CancellationToken) && !hasCancellation)
            {
                hasCancellation = true;
                arguments.Add(Cancellation);
            }
            else
            {
                throw HandlerMethodFactory.Wrong(name, $"takes batches, and '{parameter.Name}' beside them");
            }
        }

        Expression call = Expression.Call(Expression.Convert(Handler, method.DeclaringType!), method, arguments);
        string adapter = AdapterFor(method.ReturnType)
            ?? throw HandlerMethodFactory.Wrong(name, $"takes batches and returns {(method.ReturnType == typeof(void) ? "void" : TypeNames.Of(method.ReturnType))}");
        var invoker = Expression.Lambda<HandlerTableBatchInvoker>(Expression.Call(typeof(OutcomeAdapter).GetMethod(adapter)!, call), Handler, Batch, Cancellation);
        return HandlerMethod.OfBatch(name, patterns, invoker.Compile()) with { Payload = PayloadOf(batch!) };
    }

    private static bool IsBatch(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && type.GenericTypeArguments[0] is var item
        && (item == typeof(MessageContext) || (item.IsGenericType && item.GetGenericTypeDefinition() == typeof(Message<>)));

    private static Type? PayloadOf(Type batch) => batch.GenericTypeArguments[0] is { IsGenericType: true } message ? message.GenericTypeArguments[0] : null;

    private static MethodCallExpression BatchArgument(Type type) => PayloadOf(type) is { } payload
        ? Expression.Call(Batch, nameof(HandlerBatch.Read), [payload])
        : Expression.Call(Batch, nameof(HandlerBatch.Messages), []);

    private static string? AdapterFor(Type returnType) =>
        returnType == typeof(Task) ? nameof(OutcomeAdapter.AllFromTask)
        : returnType == typeof(ValueTask) ? nameof(OutcomeAdapter.AllFromValueTask)
        : returnType == typeof(Task<IReadOnlyList<Outcome>>) ? nameof(OutcomeAdapter.FromOutcomesTask)
        : returnType == typeof(ValueTask<IReadOnlyList<Outcome>>) ? nameof(OutcomeAdapter.FromOutcomesValueTask)
        : null;
}
