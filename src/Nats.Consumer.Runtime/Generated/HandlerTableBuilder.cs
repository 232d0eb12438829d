using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nats.Consumer.Handling;

namespace Nats.Consumer.Generated;

/// <summary>What a <see cref="HandlerTable"/> is told to. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HandlerTableBuilder
{
    private readonly HandlerFinder _finder;
    private readonly Assembly _assembly;

    internal HandlerTableBuilder(HandlerFinder finder, Assembly assembly)
    {
        _finder = finder;
        _assembly = assembly;
    }

    /// <summary>Adds the table of a referenced assembly.</summary>
    public void Include<TTable>()
        where TTable : HandlerTable, new() => _finder.AddTable(typeof(TTable), static () => new TTable());

    /// <summary>Adds a handler class.</summary>
    /// <param name="overridesFallback">Whether it, or a base class, overrides <c>FallbackAsync</c>.</param>
    /// <param name="methods">Its handler methods. Throws what is wrong with one of them.</param>
    public void AddHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(bool overridesFallback, Func<HandlerTableMethod[]> methods)
        where THandler : ConsumerHandler => _finder.AddHandler(
            typeof(THandler),
            static services => services.TryAddScoped<THandler>(),
            () => new HandlerClass(typeof(THandler), [.. methods().Select(method => method.Of(typeof(THandler)))], overridesFallback));

    /// <summary>Adds a consumer class.</summary>
    public void AddConsumer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TConsumer>()
        where TConsumer : JetStreamConsumer => _finder.AddConsumer(typeof(TConsumer), static services => services.AddSingleton<JetStreamConsumer, TConsumer>());

    /// <summary>Adds a handler or consumer class of the table's assembly that generated code cannot name or call.</summary>
    /// <param name="fullName">Its name, as <see cref="Type.FullName"/> has it.</param>
    /// <param name="why">Why, as in <c>is private</c>.</param>
    public void AddByReflection(string fullName, string why)
    {
        if (HandlerReflection.IsSupported)
            _finder.AddType(_assembly.GetType(fullName, throwOnError: true)!);
        else
            _finder.Missing.Add($"{fullName} {why}");
    }

    /// <summary>Adds a referenced assembly whose table cannot be named, or that has none.</summary>
    public void AddAssembly(string name) => _finder.AddAssembly(Assembly.Load(name));
}
