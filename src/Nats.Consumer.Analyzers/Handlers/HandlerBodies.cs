using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>Looks into the bodies of handler methods, and of no others.</summary>
internal static class HandlerBodies
{
    /// <param name="context">The compilation.</param>
    /// <param name="symbols">Its symbols.</param>
    /// <param name="concerns">Whether a method's declaration is of interest: most bodies need not be walked.</param>
    /// <param name="found">Called with all operations of a body, in the order of the source.</param>
    public static void Register(
        CompilationStartAnalysisContext context,
        NatsSymbols symbols,
        Func<IMethodSymbol, bool> concerns,
        Action<OperationBlockAnalysisContext, IMethodSymbol, ImmutableArray<IOperation>> found) =>
        context.RegisterOperationBlockAction(block =>
        {
            if (IsHandler(block.OwningSymbol, symbols) && (IMethodSymbol)block.OwningSymbol is var method && concerns(method))
                found(block, method, Operations(block.OperationBlocks));
        });

    /// <summary>Whether the member is a method that the runtime calls with messages.</summary>
    public static bool IsHandler(ISymbol member, NatsSymbols symbols) =>
        member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && symbols.IsHandlerClass(method.ContainingType) && symbols.IsHandlerMethod(method);

    private static ImmutableArray<IOperation> Operations(ImmutableArray<IOperation> roots)
    {
        var all = ImmutableArray.CreateBuilder<IOperation>();
        var open = new Stack<IOperation>(roots.Reverse());
        while (open.Count > 0)
        {
            var current = open.Pop();
            all.Add(current);
            foreach (var child in current.ChildOperations.Reverse())
                open.Push(child);
        }
        return all.ToImmutable();
    }
}
