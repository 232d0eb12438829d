using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Nats.Consumer.Handling;

/// <summary>The handlers and consumers of an application, however they were found.</summary>
internal sealed class HandlerCatalog : IHandlerCatalog
{
    private readonly HandlerFinder _found;
    private readonly ConcurrentDictionary<Type, HandlerClass> _described = [];

    /// <exception cref="PlatformNotSupportedException">Some can only be found by reflection, which this application does not have.</exception>
    public HandlerCatalog(HandlerFinder found)
    {
        if (found.Missing.Count > 0)
        {
            throw new PlatformNotSupportedException(
                $"Handlers can only be found by reflection, which a trimmed or ahead-of-time compiled application does not have: {string.Join("; ", found.Missing)}. "
                + "Change that, or publish without PublishTrimmed and PublishAot.");
        }

        _found = found;
        HandlerTypes = Sorted(found.Handlers.Keys);
        ConsumerTypes = Sorted(found.Consumers.Keys);
    }

    public IReadOnlyList<Type> HandlerTypes { get; }

    public IReadOnlyList<Type> ConsumerTypes { get; }

    public HandlerClass Describe(Type handlerType) => _described.GetOrAdd(handlerType, DescribeAnew);

    /// <summary>Adds the handlers to the services, but for those that the application has added itself.</summary>
    public void AddHandlersTo(IServiceCollection services)
    {
        foreach (Type type in HandlerTypes)
            _found.Handlers[type].Register(services);
    }

    public void AddConsumersTo(IServiceCollection services)
    {
        foreach (Type type in ConsumerTypes)
            _found.Consumers[type](services);
    }

    private HandlerClass DescribeAnew(Type type)
    {
        if (_found.Handlers.TryGetValue(type, out FoundHandler? handler))
            return handler.Describe();
        if (HandlerReflection.IsSupported)
            return ReflectionCatalog.DescribeType(type);
        throw new ConsumerConfigurationException(
            $"{TypeNames.Of(type)} is in no generated table of handlers, and a trimmed or ahead-of-time compiled application has no reflection to read it with. "
            + "Name a class that is not generic, of an assembly that the application references.");
    }

    private static Type[] Sorted(IEnumerable<Type> types) => [.. types.OrderBy(type => type.FullName, StringComparer.Ordinal)];
}
