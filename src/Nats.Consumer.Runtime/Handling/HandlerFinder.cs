using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nats.Consumer.Generated;

namespace Nats.Consumer.Handling;

/// <summary>Collects the handlers and consumers of an application: from the tables that were generated with its assemblies, by reflection where there is none.</summary>
internal sealed class HandlerFinder
{
    private readonly HashSet<Type> _tables = [];

    public Dictionary<Type, FoundHandler> Handlers { get; } = [];

    public Dictionary<Type, Action<IServiceCollection>> Consumers { get; } = [];

    /// <summary>What only reflection would find, where there is no reflection.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Adds the application: its entry assembly, and what that references.</summary>
    public void AddApplication(Assembly entry)
    {
        if (TryAddTable(entry))
            return; // it includes those of its references
        if (HandlerReflection.IsSupported)
            AddReferences(entry);
        else
            MissTable(entry);
    }

    public void AddAssembly(Assembly assembly)
    {
        if (TryAddTable(assembly))
            return;
        if (HandlerReflection.IsSupported)
            AddTypesOf(assembly);
        else
            MissTable(assembly);
    }

    public void AddTable(Type type, Func<HandlerTable> create)
    {
        if (_tables.Add(type))
            create().AddTo(new HandlerTableBuilder(this, type.Assembly));
    }

    public void AddHandler(Type type, Action<IServiceCollection> register, Func<HandlerClass> describe) => Handlers.TryAdd(type, new FoundHandler(register, describe));

    public void AddConsumer(Type type, Action<IServiceCollection> register) => Consumers.TryAdd(type, register);

    [RequiresUnreferencedCode("Handlers are found by reflection; trimming would remove them.")]
    [RequiresDynamicCode("Calls to handlers are compiled at run time.")]
    public void AddTypesOf(Assembly assembly)
    {
        var catalog = new ReflectionCatalog([assembly]);
        foreach (Type type in catalog.HandlerTypes.Concat(catalog.ConsumerTypes))
            AddType(type);
    }

    [RequiresUnreferencedCode("Handlers are found by reflection; trimming would remove them.")]
    [RequiresDynamicCode("Calls to handlers are compiled at run time.")]
    public void AddType(Type type)
    {
        if (type.IsAssignableTo(typeof(ConsumerHandler)))
            AddHandler(type, services => services.TryAddScoped(type), () => ReflectionCatalog.DescribeType(type));
        else
            AddConsumer(type, services => services.AddSingleton(typeof(JetStreamConsumer), type));
    }

    [RequiresUnreferencedCode("Handlers are found by reflection; trimming would remove them.")]
    [RequiresDynamicCode("Calls to handlers are compiled at run time.")]
    private void AddReferences(Assembly entry)
    {
        foreach (Assembly assembly in ReflectionCatalog.ApplicationAssemblies(entry).Where(assembly => !TryAddTable(assembly)))
            AddTypesOf(assembly);
    }

    private bool TryAddTable(Assembly assembly)
    {
        if (assembly.GetCustomAttribute<HandlerTableAttribute>() is not { } table)
            return false;
        AddTable(table.TableType, table.Create);
        return true;
    }

    private void MissTable(Assembly assembly) => Missing.Add(
        $"{assembly.GetName().Name} was compiled without the source generator of Nats.Consumer.Analyzers, which a reference to Nats.Consumer.Runtime brings into a C# project");
}

/// <summary>A handler class that was found.</summary>
/// <param name="Register">Adds it to the services, unless the application has done so.</param>
/// <param name="Describe">Reads its methods.</param>
internal sealed record FoundHandler(Action<IServiceCollection> Register, Func<HandlerClass> Describe);
