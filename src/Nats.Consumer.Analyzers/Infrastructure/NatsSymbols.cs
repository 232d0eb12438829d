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
        // In the assemblies where they are: looking through all references for each of them is what costs.
        var runtime = handle.ContainingAssembly;
        var core = compilation.ObjectType.ContainingAssembly;
        ConsumerHandler = runtime.GetTypeByMetadataName("Nats.Consumer.ConsumerHandler");
        ConventionHandler = runtime.GetTypeByMetadataName("Nats.Consumer.ConventionHandler");
        ConventionPullConsumer = runtime.GetTypeByMetadataName("Nats.Consumer.ConventionPullConsumer");
        ConventionPushConsumer = runtime.GetTypeByMetadataName("Nats.Consumer.ConventionPushConsumer");
        JetStreamConsumer = runtime.GetTypeByMetadataName("Nats.Consumer.JetStreamConsumer");
        OrderedConsumer = runtime.GetTypeByMetadataName("Nats.Consumer.OrderedConsumer");
        ExceptionPolicy = runtime.GetTypeByMetadataName("Nats.Consumer.ExceptionPolicy");
        StreamOperation = runtime.GetTypeByMetadataName("Nats.Consumer.StreamOperation");
        ConsumerConfig = runtime.GetTypeByMetadataName("Nats.Consumer.ConsumerConfig");
        JetStream = runtime.GetTypeByMetadataName("Nats.Consumer.IJetStream");
        StreamConfig = runtime.GetTypeByMetadataName("Nats.Consumer.StreamConfig");
        MessageContext = runtime.GetTypeByMetadataName("Nats.Consumer.MessageContext");
        MessageOfT = runtime.GetTypeByMetadataName("Nats.Consumer.Message`1");
        Outcome = runtime.GetTypeByMetadataName("Nats.Consumer.Outcome");
        StringSyntax = Get("System.Diagnostics.CodeAnalysis.StringSyntaxAttribute");
        CancellationToken = Get("System.Threading.CancellationToken");
        ReadOnlyListOfT = Get("System.Collections.Generic.IReadOnlyList`1");
        SpanParsable = Get("System.ISpanParsable`1");
        Task = Get("System.Threading.Tasks.Task");
        TaskOfT = Get("System.Threading.Tasks.Task`1");
        ValueTask = Get("System.Threading.Tasks.ValueTask");
        ValueTaskOfT = Get("System.Threading.Tasks.ValueTask`1");
        Thread = Get("System.Threading.Thread", "System.Threading.Thread");

        INamedTypeSymbol? Get(string name, string? assembly = null) => core.GetTypeByMetadataName(name) ?? compilation.FindType(assembly, name);
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
        compilation.FindType("Nats.Consumer.Runtime", "Nats.Consumer.HandleAttribute") is { } handle ? Known.GetValue(compilation, _ => new NatsSymbols(compilation, handle)) : null;

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
}
