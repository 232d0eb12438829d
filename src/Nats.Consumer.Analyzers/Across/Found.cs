using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>What was found while a program was walked, in no order. What one class can be judged by is not kept.</summary>
internal sealed class Found
{
    private int _selections;

    public ConcurrentBag<ConsumerModel> Consumers { get; } = [];

    public ConcurrentBag<INamedTypeSymbol> Handlers { get; } = [];

    public ConcurrentBag<StreamModel> Streams { get; } = [];

    /// <summary>Where a handler class asks for a message again.</summary>
    public ConcurrentBag<(INamedTypeSymbol Handler, string What, Location Location)> Retries { get; } = [];

    /// <summary>Whether the program names the consumers that run, so that the others do not.</summary>
    public bool SelectsConsumers => _selections > 0;

    public void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        context.RegisterSymbolAction(
            symbol =>
            {
                if (symbol.Symbol is INamedTypeSymbol { IsAbstract: false, IsGenericType: false } type && symbols.IsHandlerClass(type))
                    Handlers.Add(type);
            },
            SymbolKind.NamedType);
        context.RegisterOperationAction(operation => Add(operation, symbols), OperationKind.ObjectCreation, OperationKind.With, OperationKind.PropertyReference, OperationKind.Invocation);
    }

    private void Add(OperationAnalysisContext context, NatsSymbols symbols)
    {
        switch (context.Operation)
        {
            case IObjectCreationOperation or IWithOperation when StreamModel.Read(context.Operation, context.ContainingSymbol, symbols) is { } stream:
                Streams.Add(stream);
                break;
            case IPropertyReferenceOperation { Property: { Name: "Retry", IsStatic: true } property } when property.ContainingType.Is(symbols.Outcome):
                AddRetry("Outcome.Retry");
                break;
            case IInvocationOperation { TargetMethod: { Name: "RetryAfter" } method } when method.ContainingType.Is(symbols.Outcome):
                AddRetry("Outcome.RetryAfter");
                break;
            case IInvocationOperation { TargetMethod: { Name: "AddConsumer", ContainingType.Name: "NatsConsumersBuilder" } method } when method.ContainingAssembly.Is(symbols.Handle.ContainingAssembly):
                Interlocked.Increment(ref _selections);
                break;
        }

        void AddRetry(string what)
        {
            if (context.ContainingSymbol.ContainingType is { } type && symbols.IsHandlerClass(type))
                Retries.Add((type, what, context.Operation.Syntax.GetLocation()));
        }
    }
}
