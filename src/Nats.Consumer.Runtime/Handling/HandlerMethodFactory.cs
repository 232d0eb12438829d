using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using Nats.Consumer.Routing;

namespace Nats.Consumer.Handling;

/// <summary>Makes a call to a handler method from its signature, compiled once.</summary>
[RequiresUnreferencedCode("Reads parameters and builds generic calls by reflection.")]
[RequiresDynamicCode("Compiles calls at run time.")]
internal static class HandlerMethodFactory
{
    private const string Shape =
        "A handler is an instance method that returns Task, ValueTask, Task<Outcome> or ValueTask<Outcome>, and takes a payload, a MessageContext, a CancellationToken and one parameter per {token}, each at most once; or it takes batches, "
        + BatchMethodFactory.Shape;

    private static readonly ParameterExpression Handler = Expression.Parameter(typeof(ConsumerHandler), "handler");
    private static readonly ParameterExpression Message = Expression.Parameter(typeof(MessageContext), "message");
    private static readonly ParameterExpression Route = Expression.Parameter(typeof(Route), "route");
    private static readonly ParameterExpression Cancellation = Expression.Parameter(typeof(CancellationToken), "cancellationToken");

    public static HandlerMethod Create(Type handlerType, MethodInfo method, IReadOnlyList<string> patterns)
    {
        string name = $"{handlerType.Name}.{method.Name}";
        if (method.IsStatic)
            throw Wrong(name, "is static");
        if (method.IsGenericMethodDefinition)
            throw Wrong(name, "is generic");

        if (BatchMethodFactory.TakesBatches(method))
            return BatchMethodFactory.Create(name, method, patterns);

        // What stands in braces in any of the patterns is a token parameter; what else is no context and no token is the payload.
        HashSet<string> tokens = [.. patterns.SelectMany(TokensOf)];
        var arguments = new List<Expression>();
        var tokenParameters = new List<string>();
        var examples = new Dictionary<string, Func<string?>>();
        ParameterInfo? payload = null;
        bool hasMessage = false, hasCancellation = false;
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            Type type = parameter.ParameterType;
            if (type.IsByRef || type.IsPointer || type.IsByRefLike)
                throw Wrong(name, $"takes '{parameter.Name}' by reference");
            if (type == typeof(MessageContext))
            {
                if (hasMessage)
                    throw Wrong(name, "takes the MessageContext twice");
                hasMessage = true;
                arguments.Add(Message);
            }
            else if (type == typeof(CancellationToken))
            {
                if (hasCancellation)
                    throw Wrong(name, "takes the CancellationToken twice");
                hasCancellation = true;
                arguments.Add(Cancellation);
            }
            else if (tokens.Contains(parameter.Name!))
            {
                tokenParameters.Add(parameter.Name!);
                arguments.Add(TokenArgument(name, parameter));
                if (type != typeof(string))
                    examples.Add(parameter.Name!, () => Expression.Lambda<Func<string?>>(Expression.Call(typeof(TokenExample), nameof(TokenExample.Of), [type])).Compile()());
            }
            else if (payload is not null)
            {
                throw Wrong(name, $"takes two payloads, '{payload.Name}' and '{parameter.Name}' (a token parameter has the name of its {{token}})");
            }
            else
            {
                payload = parameter;
                arguments.Add(Expression.Call(Message, nameof(MessageContext.Read), [type]));
            }
        }

        Expression call = Expression.Call(Expression.Convert(Handler, method.DeclaringType!), method, arguments);
        MethodInfo adapter = Adapter(method.ReturnType) ?? throw Wrong(name, $"returns {(method.ReturnType == typeof(void) ? "void" : TypeNames.Of(method.ReturnType))}");
        var invoker = Expression.Lambda<HandlerInvoker>(Expression.Call(adapter, call), Handler, Message, Route, Cancellation).Compile();
        return new HandlerMethod(name, patterns, tokenParameters, invoker) { Payload = payload?.ParameterType, TokenExamples = examples };
    }

    private static IEnumerable<string> TokensOf(string pattern) =>
        pattern.Split('.').Where(token => token.Length > 2 && token[0] == '{' && token[^1] == '}').Select(token => token[1..^1]);

    private static MethodCallExpression TokenArgument(string name, ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        ConstantExpression token = Expression.Constant(parameter.Name);
        if (type == typeof(string))
            return Expression.Call(typeof(TokenBinder), nameof(TokenBinder.ReadText), [], Message, Route, token);
        if (!type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ISpanParsable<>) && i.GenericTypeArguments[0] == type))
            throw Wrong(name, $"binds the token '{{{parameter.Name}}}' to {TypeNames.Of(type)}, which cannot be read from text (it is neither string nor ISpanParsable)");
        return Expression.Call(typeof(TokenBinder), nameof(TokenBinder.Read), [type], Message, Route, token);
    }

    private static MethodInfo? Adapter(Type returnType)
    {
        string? name =
            returnType == typeof(Task) ? nameof(OutcomeAdapter.FromTask)
            : returnType == typeof(ValueTask) ? nameof(OutcomeAdapter.FromValueTask)
            : returnType == typeof(Task<Outcome>) ? nameof(OutcomeAdapter.FromOutcomeTask)
            : returnType == typeof(ValueTask<Outcome>) ? nameof(OutcomeAdapter.FromOutcomeValueTask)
            : null;
        return name is null ? null : typeof(OutcomeAdapter).GetMethod(name);
    }

    public static ConsumerConfigurationException Wrong(string name, string why) => new($"{name} {why}. {Shape}.");
}
