using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers;

/// <summary>What a consumer class says of itself by constants.</summary>
internal sealed class ConsumerModel
{
    private ConsumerModel(INamedTypeSymbol type, PropertyValues values, ImmutableArray<StreamModel> streams)
    {
        Type = type;
        Streams = streams;
        StreamName = values.Read<string?>("StreamName", null, Constants.TryText);
        DurableName = values.Read<string?>("DurableName", null, Constants.TryText);
        Subjects = values.Read<ImmutableArray<StatedPattern>>("Subjects", [new StatedPattern(SubjectPattern.Parse(">"), null)], Constants.TryPatterns);
        Handlers = values.Read<ImmutableArray<(INamedTypeSymbol, SyntaxNode)>>("Handlers", [], Constants.TryTypes);
        MaxDeliver = values.Read<int>("MaxDeliver", 5, Constants.TryNumber);
        MaxAckPending = values.Read<int>("MaxAckPending", 1000, Constants.TryNumber);
        Concurrency = values.Read<int>("Concurrency", 1, Constants.TryNumber);
        BatchSize = values.Read<int>("BatchSize", 100, Constants.TryNumber);
        AckWait = values.Read<TimeSpan>("AckWait", TimeSpan.FromSeconds(30), Durations.TryRead);
        OnExhausted = values.Read<string>("OnExhausted", "DeadLetter", Constants.TryMember);
        Delays = RetryDelays.Read(values);
    }

    public INamedTypeSymbol Type { get; }

    public Location Location => Type.Locations[0];

    /// <summary>The streams that its own <c>Setup()</c> makes in any case.</summary>
    public ImmutableArray<StreamModel> Streams { get; }

    public Setting<string?> StreamName { get; }

    public Setting<string?> DurableName { get; }

    public Setting<ImmutableArray<StatedPattern>> Subjects { get; }

    /// <summary>Empty means all handler classes of the application that take something of the subjects.</summary>
    public Setting<ImmutableArray<(INamedTypeSymbol Type, SyntaxNode Syntax)>> Handlers { get; }

    public Setting<int> MaxDeliver { get; }

    public Setting<int> MaxAckPending { get; }

    public Setting<int> Concurrency { get; }

    public Setting<int> BatchSize { get; }

    public Setting<TimeSpan> AckWait { get; }

    public Setting<string> OnExhausted { get; }

    public RetryDelays Delays { get; }

    /// <summary>Whether a class is worth naming among the handlers.</summary>
    public bool Takes(HandlerModel handler) => handler.OverridesFallback || TakesPatternOf(handler);

    /// <summary>Whether anything of a pattern is within the subjects.</summary>
    public bool Takes(SubjectPattern pattern) => !Subjects.IsKnown || Subjects.Value.Any(subject => subject.Pattern.Overlaps(pattern));

    /// <summary>Whether the runtime will call the class for this consumer, as far as is known.</summary>
    public bool Calls(HandlerModel handler) => !Handlers.IsKnown || (Handlers.Value.IsEmpty
        ? TakesPatternOf(handler) // those that only have a fallback are not among them
        : Handlers.Value.Any(stated => stated.Type.Is(handler.Type)));

    /// <summary>Calls back for each consumer class, once all its parts are known.</summary>
    public static void Register(CompilationStartAnalysisContext context, NatsSymbols symbols, Action<SymbolAnalysisContext, ConsumerModel> found) =>
        context.RegisterSymbolStartAction(
            start =>
            {
                if (start.Symbol is not INamedTypeSymbol { IsAbstract: false } type || !symbols.IsConsumerClass(type))
                    return;
                var values = new PropertyValues(type, symbols);
                var streams = new ConcurrentBag<StreamModel>();
                start.RegisterOperationAction(values.Add, OperationKind.Return, OperationKind.PropertyInitializer, OperationKind.FieldInitializer);
                start.RegisterOperationAction(
                    operation =>
                    {
                        if (StreamModel.Read((IObjectCreationOperation)operation.Operation, operation.ContainingSymbol, symbols) is { SetUpBy: { } owner } stream && owner.Is(type))
                            streams.Add(stream);
                    },
                    OperationKind.ObjectCreation);
                start.RegisterSymbolEndAction(end => found(end, new ConsumerModel(type, values, [.. SourceOrder.Of(streams, stream => stream.Location)])));
            },
            SymbolKind.NamedType);

    private bool TakesPatternOf(HandlerModel handler) =>
        !Subjects.IsKnown || handler.Patterns.Any(pattern => pattern.Pattern is null || Takes(pattern.Pattern));
}
