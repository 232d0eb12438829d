using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>The types that the rules speak of and the handlers that they judge, looked up once for each compilation, whichever rule asks first.</summary>
internal sealed class NatsSymbols
{
    // A compilation that nobody uses any more goes, and takes these along.
    private static readonly ConditionalWeakTable<Compilation, NatsSymbols> Known = new();

    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<HandlerPattern>> _patterns = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, HandlerModel> _handlers = new(SymbolEqualityComparer.Default);

    private NatsSymbols(Compilation compilation, INamedTypeSymbol handle)
    {
        Handle = handle;
        ConsumerHandler = Get(compilation, "Nats.Consumer.ConsumerHandler");
        ConventionHandler = Get(compilation, "Nats.Consumer.ConventionHandler");
        ConventionPullConsumer = Get(compilation, "Nats.Consumer.ConventionPullConsumer");
        ConventionPushConsumer = Get(compilation, "Nats.Consumer.ConventionPushConsumer");
        JetStreamConsumer = Get(compilation, "Nats.Consumer.JetStreamConsumer");
        OrderedConsumer = Get(compilation, "Nats.Consumer.OrderedConsumer");
        ExceptionPolicy = Get(compilation, "Nats.Consumer.ExceptionPolicy");
        StreamOperation = Get(compilation, "Nats.Consumer.StreamOperation");
        ConsumerConfig = Get(compilation, "Nats.Consumer.ConsumerConfig");
        JetStream = Get(compilation, "Nats.Consumer.IJetStream");
        StreamConfig = Get(compilation, "Nats.Consumer.StreamConfig");
        MessageContext = Get(compilation, "Nats.Consumer.MessageContext");
        MessageOfT = Get(compilation, "Nats.Consumer.Message`1");
        Outcome = Get(compilation, "Nats.Consumer.Outcome");
        StringSyntax = Get(compilation, "System.Diagnostics.CodeAnalysis.StringSyntaxAttribute");
        CancellationToken = Get(compilation, "System.Threading.CancellationToken");
        ReadOnlyListOfT = Get(compilation, "System.Collections.Generic.IReadOnlyList`1");
        SpanParsable = Get(compilation, "System.ISpanParsable`1");
        Task = Get(compilation, "System.Threading.Tasks.Task");
        TaskOfT = Get(compilation, "System.Threading.Tasks.Task`1");
        ValueTask = Get(compilation, "System.Threading.Tasks.ValueTask");
        ValueTaskOfT = Get(compilation, "System.Threading.Tasks.ValueTask`1");
        Thread = Get(compilation, "System.Threading.Thread");
    }

    public INamedTypeSymbol Handle { get; }

    public INamedTypeSymbol? ConsumerHandler { get; }

    public INamedTypeSymbol? ConventionHandler { get; }

    public INamedTypeSymbol? ConventionPullConsumer { get; }

    public INamedTypeSymbol? ConventionPushConsumer { get; }

    public INamedTypeSymbol? JetStreamConsumer { get; }

    public INamedTypeSymbol? OrderedConsumer { get; }

    public INamedTypeSymbol? ExceptionPolicy { get; }

    public INamedTypeSymbol? StreamOperation { get; }

    public INamedTypeSymbol? StreamConfig { get; }

    public INamedTypeSymbol? ConsumerConfig { get; }

    public INamedTypeSymbol? JetStream { get; }

    public INamedTypeSymbol? MessageContext { get; }

    public INamedTypeSymbol? MessageOfT { get; }

    public INamedTypeSymbol? Outcome { get; }

    public INamedTypeSymbol? ReadOnlyListOfT { get; }

    public INamedTypeSymbol? StringSyntax { get; }

    public INamedTypeSymbol? CancellationToken { get; }

    public INamedTypeSymbol? SpanParsable { get; }

    public INamedTypeSymbol? Task { get; }

    public INamedTypeSymbol? TaskOfT { get; }

    public INamedTypeSymbol? ValueTask { get; }

    public INamedTypeSymbol? ValueTaskOfT { get; }

    public INamedTypeSymbol? Thread { get; }

    /// <summary>Null when the compilation does not reference the runtime.</summary>
    public static NatsSymbols? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Nats.Consumer.HandleAttribute") is { } handle ? Known.GetValue(compilation, _ => new NatsSymbols(compilation, handle)) : null;

    /// <summary>The patterns of a method, and of what it overrides.</summary>
    public ImmutableArray<HandlerPattern> PatternsOf(IMethodSymbol method, CancellationToken cancellationToken) =>
        _patterns.TryGetValue(method, out var known) ? known : _patterns.GetOrAdd(method, [.. HandlerPattern.OfChain(method, this, cancellationToken)]);

    /// <summary>A handler class as the runtime sees it.</summary>
    public HandlerModel ModelOf(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        _handlers.TryGetValue(type, out var known) ? known : _handlers.GetOrAdd(type, HandlerModel.Of(type, this, cancellationToken));

    public bool IsHandlerClass(ITypeSymbol? type) => type is not null && type.DerivesFrom(ConsumerHandler);

    public bool IsConsumerClass(ITypeSymbol? type) => type is not null && type.DerivesFrom(JetStreamConsumer);

    /// <summary>Whether the runtime calls the method with messages: it has [Handle], itself or from what it overrides, or it is the fallback.</summary>
    public bool IsHandlerMethod(IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            if (current.HasAttribute(Handle))
                return true;
        }
        return IsFallback(method);
    }

    public bool IsFallback(IMethodSymbol method)
    {
        if (method.Name != "FallbackAsync")
            return false;
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            if (current.ContainingType.Is(ConsumerHandler))
                return true;
        }
        return false;
    }

    /// <summary>Whether it is a consumer's own <c>Setup()</c>.</summary>
    public bool IsSetup(ISymbol symbol) => symbol is IMethodSymbol { Name: "Setup", IsOverride: true } && IsConsumerClass(symbol.ContainingType);

    private static INamedTypeSymbol? Get(Compilation compilation, string name) => compilation.GetTypeByMetadataName(name);
}
