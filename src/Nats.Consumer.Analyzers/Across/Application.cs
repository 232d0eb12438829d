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
    private Application(ImmutableArray<ConsumerModel> consumers, ImmutableArray<HandlerModel> handlers)
    {
        Consumers = consumers;
        Handlers = handlers;
    }

    /// <summary>In the order of the source.</summary>
    public ImmutableArray<ConsumerModel> Consumers { get; }

    /// <summary>In the order of the source; those of other assemblies first.</summary>
    public ImmutableArray<HandlerModel> Handlers { get; }

    /// <summary>The classes that a consumer calls, as far as is known.</summary>
    public IEnumerable<HandlerModel> HandlersOf(ConsumerModel consumer) => Handlers.Where(consumer.Calls);

    public static bool CanBe(Compilation compilation) =>
        compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication && !compilation.IsTestProject();

    /// <summary>Null when there is no consumer, or when a referenced assembly has some, whose properties nobody can read.</summary>
    public static Application? Of(FoundTypes found, NatsSymbols symbols, CompilationAnalysisContext context)
    {
        if (found.Consumers.IsEmpty)
            return null;
        var referenced = ReferencedTypes(context.Compilation, symbols).ToList();
        if (referenced.Any(symbols.IsConsumerClass))
            return null;
        var handlers = referenced.Where(symbols.IsHandlerClass).Concat(SourceOrder.Of(found.Handlers, type => type.Locations[0]));
        return new Application(
            [.. SourceOrder.Of(found.Consumers, consumer => consumer.Location)],
            [.. handlers.Select(type => HandlerModel.Of(type, symbols, context.CancellationToken))]);
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
