using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>Looks into the bodies of handler methods, and of no others.</summary>
internal static class HandlerBodies
{
    public static void Register(CompilationStartAnalysisContext context, NatsSymbols symbols, Action<OperationBlockAnalysisContext, IMethodSymbol, ImmutableArray<IOperation>> found) =>
        context.RegisterOperationBlockAction(block =>
        {
            if (block.OwningSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } method
                && symbols.IsHandlerClass(method.ContainingType)
                && symbols.IsHandlerMethod(method))
            {
                found(block, method, [.. block.OperationBlocks.SelectMany(operation => operation.DescendantsAndSelf())]);
            }
        });

    private static IEnumerable<IOperation> DescendantsAndSelf(this IOperation operation)
    {
        var open = new Stack<IOperation>();
        open.Push(operation);
        while (open.Count > 0)
        {
            var current = open.Pop();
            yield return current;
            foreach (var child in current.ChildOperations.Reverse())
                open.Push(child);
        }
    }
}
