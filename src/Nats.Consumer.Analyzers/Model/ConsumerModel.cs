using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers;

/// <summary>What a consumer class says of itself by constants.</summary>
internal sealed class ConsumerModel
{
    private readonly Lazy<PatternIndex> _subjects;

    private ConsumerModel(INamedTypeSymbol type, PropertyValues values, ImmutableArray<StreamModel> streams, NatsSymbols symbols)
    {
        Type = type;
        IsOrdered = type.DerivesFrom(symbols.OrderedConsumer);
        Streams = streams;
        StreamName = values.Read<string?>("StreamName", null, Constants.TryText);
        Connection = values.Read<string?>("Connection", null, Constants.TryText);
        DurableName = values.Read<string?>("DurableName", null, Constants.TryText);
        Subjects = values.Read<ImmutableArray<StatedPattern>>("Subjects", [new StatedPattern(SubjectPattern.Parse(">"), null)], Constants.TryPatterns);
        Handlers = values.Read<ImmutableArray<(INamedTypeSymbol, SyntaxNode)>>("Handlers", [], Constants.TryTypes);
        MaxDeliver = values.Read<long>("MaxDeliver", 5, Constants.TryNumber);
        MaxAckPending = values.Read<long>("MaxAckPending", 1000, Constants.TryNumber);
        Concurrency = values.Read<long>("Concurrency", 1, Constants.TryNumber);
        BatchSize = values.Read<long>("BatchSize", 100, Constants.TryNumber);
        AckWait = values.Read<TimeSpan>("AckWait", TimeSpan.FromSeconds(30), Durations.TryRead);
        MaxBytes = values.Read<long>("MaxBytes", 0, Constants.TryNumber);
        MaxMessages = values.Read<long>("MaxMessages", 100, Constants.TryNumber);
        MaxWait = values.Read<TimeSpan>("MaxWait", TimeSpan.Zero, Durations.TryRead);
        MaxAckExtension = values.Read<TimeSpan>("MaxAckExtension", TimeSpan.FromMinutes(10), Durations.TryRead);
        HandlerTimeout = values.Read<TimeSpan?>("HandlerTimeout", null, Durations.TryReadOrNull);
        InactiveThreshold = values.Read<TimeSpan?>("InactiveThreshold", null, Durations.TryReadOrNull);
        OnExhausted = values.Read<string>("OnExhausted", "DeadLetter", Constants.TryMember);
        Delivery = values.Read<string>("Delivery", "AtLeastOnce", Constants.TryMember);
        DeliverPolicy = values.Read<string>("DeliverPolicy", "All", Constants.TryMember);
        StartSequence = values.Read<long>("StartSequence", 1, Constants.TryNumber);
        OrderBy = values.Read<string?>("OrderBy", null, Constants.TryText);
        Exceptions = ExceptionRules.Read(values, symbols);
        Delays = RetryDelays.Read(values);
        _subjects = new Lazy<PatternIndex>(() => new PatternIndex(Subjects.Value.Select(subject => subject.Pattern)));
    }

    public INamedTypeSymbol Type { get; }

    public Location Location => Type.Locations[0];

    /// <summary>Whether it reads without a durable.</summary>
    public bool IsOrdered { get; }

    /// <summary>The streams that its own <c>Setup()</c> makes in any case.</summary>
    public ImmutableArray<StreamModel> Streams { get; }

    public Setting<string?> StreamName { get; }

    /// <summary>Null for the default connection.</summary>
    public Setting<string?> Connection { get; }

    public Setting<string?> DurableName { get; }

    public Setting<ImmutableArray<StatedPattern>> Subjects { get; }

    /// <summary>Empty means all handler classes of the application that take something of the subjects.</summary>
    public Setting<ImmutableArray<(INamedTypeSymbol Type, SyntaxNode Syntax)>> Handlers { get; }

    public Setting<long> MaxDeliver { get; }

    public Setting<long> MaxAckPending { get; }

    public Setting<long> Concurrency { get; }

    public Setting<long> BatchSize { get; }

    public Setting<TimeSpan> AckWait { get; }

    public Setting<long> MaxBytes { get; }

    public Setting<long> MaxMessages { get; }

    public Setting<TimeSpan> MaxWait { get; }

    public Setting<TimeSpan> MaxAckExtension { get; }

    public Setting<TimeSpan?> HandlerTimeout { get; }

    public Setting<TimeSpan?> InactiveThreshold { get; }

    public Setting<string> OnExhausted { get; }

    public Setting<string> Delivery { get; }

    public Setting<string> DeliverPolicy { get; }

    public Setting<long> StartSequence { get; }

    public Setting<string?> OrderBy { get; }

    /// <summary>The rules of <c>Exceptions</c>, in order, as far as they are plain.</summary>
    public ImmutableArray<ExceptionRule> Exceptions { get; }

    /// <summary>How often a message is handled at the most; null when that is not known.</summary>
    public long? Attempts => !Delivery.IsKnown ? null : Delivery.Value == "AtMostOnce" ? 1 : MaxDeliver is { IsKnown: true, Value: >= 1 } ? MaxDeliver.Value : null;

    /// <summary>Why there are no more.</summary>
    public string WhyAttempts => Delivery.Value == "AtMostOnce" ? "Delivery is AtMostOnce" : $"MaxDeliver is {MaxDeliver.Value}";

    public RetryDelays Delays { get; }

    /// <summary>Whether a class is worth naming among the handlers.</summary>
    public bool Takes(HandlerModel handler) => handler.OverridesFallback || TakesPatternOf(handler);

    /// <summary>Whether anything of a pattern is within the subjects.</summary>
    public bool Takes(SubjectPattern pattern) => !Subjects.IsKnown || _subjects.Value.AnyOverlaps(pattern);

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
                        if (StreamModel.Read(operation.Operation, operation.ContainingSymbol, symbols) is { SetUpBy: { } owner } stream && owner.Is(type))
                            streams.Add(stream);
                    },
                    OperationKind.ObjectCreation,
                    OperationKind.With);
                start.RegisterSymbolEndAction(end => found(end, new ConsumerModel(type, values, [.. SourceOrder.Of(streams, stream => stream.Location)], symbols)));
            },
            SymbolKind.NamedType);

    private bool TakesPatternOf(HandlerModel handler) =>
        !Subjects.IsKnown || handler.Patterns.Any(pattern => pattern.Pattern is null || Takes(pattern.Pattern));
}
