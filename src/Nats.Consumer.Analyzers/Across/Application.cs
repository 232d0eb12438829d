using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>
/// All consumers and handlers of a program, as the runtime finds them when it starts: its own and those of the assemblies that it references. Of a library nobody
/// knows what it will run with, and the classes of a test project are not made to run together.
/// </summary>
internal sealed class Application
{
    private readonly Dictionary<ConsumerModel, List<HandlerModel>> _handlers = [];
    private readonly Dictionary<HandlerModel, List<ConsumerModel>> _callers = [];

    private Application(Found found, ImmutableArray<HandlerModel> handlers)
    {
        Consumers = [.. SourceOrder.Of(found.Consumers, consumer => consumer.Location)];
        Streams = [.. SourceOrder.Of(found.Streams, stream => stream.Location)];
        Retries = [.. SourceOrder.Of(found.Retries, retry => retry.Location)];
        SelectsConsumers = found.SelectsConsumers;
        Handlers = handlers;
        foreach (var consumer in Consumers)
            _handlers[consumer] = [.. handlers.Where(consumer.Calls)];
        foreach (var handler in handlers)
            _callers[handler] = [];
        foreach (var pair in _handlers)
            pair.Value.ForEach(handler => _callers[handler].Add(pair.Key));
    }

    /// <summary>In the order of the source.</summary>
    public ImmutableArray<ConsumerModel> Consumers { get; }

    /// <summary>In the order of the source; those of other assemblies first.</summary>
    public ImmutableArray<HandlerModel> Handlers { get; }

    /// <summary>Every stream that the program makes, and not only those of <c>Setup()</c>.</summary>
    public ImmutableArray<StreamModel> Streams { get; }

    public ImmutableArray<(INamedTypeSymbol Handler, string What, Location Location)> Retries { get; }

    public bool SelectsConsumers { get; }

    /// <summary>The classes that a consumer calls, as far as is known.</summary>
    public IReadOnlyList<HandlerModel> HandlersOf(ConsumerModel consumer) => _handlers[consumer];

    /// <summary>The consumers that call a class, as far as is known.</summary>
    public IReadOnlyList<ConsumerModel> CallersOf(HandlerModel handler) => _callers[handler];

    public static bool CanBe(Compilation compilation) =>
        compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication && !compilation.IsTestProject();

    /// <summary>Null when there is no consumer, or a referenced assembly has some, whose properties nobody can read.</summary>
    public static Application? Of(Found found, NatsSymbols symbols, CompilationAnalysisContext context)
    {
        if (found.Consumers.IsEmpty)
            return null;
        var referenced = ReferencedTypes(context.Compilation, symbols).ToList();
        if (referenced.Any(symbols.IsConsumerClass))
            return null;
        var handlers = referenced.Where(symbols.IsHandlerClass).Concat(SourceOrder.Of(found.Handlers, type => type.Locations[0]));
        return new Application(found, [.. handlers.Select(type => symbols.ModelOf(type, context.CancellationToken))]);
    }

    /// <summary>The classes of which the runtime makes instances, in the assemblies that reference it.</summary>
    private static IEnumerable<INamedTypeSymbol> ReferencedTypes(Compilation compilation, NatsSymbols symbols)
    {
        var runtime = symbols.Handle.ContainingAssembly.Name;
        return compilation.SourceModule.ReferencedAssemblySymbols
            .Where(reference => reference.Modules.Any(module => module.ReferencedAssemblies.Any(other => other.Name == runtime)))
            .SelectMany(reference => TypesOf(reference.GlobalNamespace))
            .Where(type => type is { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false });
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type)
                yield return type;
            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (var nested in TypesOf(inner))
                    yield return nested;
            }
        }
    }
}
