namespace Nats.Consumer.Handling;

/// <summary>Where handlers and consumers are found: in tables made at compile time, or by reflection. Both find the same.</summary>
internal interface IHandlerCatalog
{
    /// <summary>All handler classes of the application.</summary>
    IReadOnlyList<Type> HandlerTypes { get; }

    /// <summary>All consumer classes of the application.</summary>
    IReadOnlyList<Type> ConsumerTypes { get; }

    /// <summary>The methods of a handler class.</summary>
    /// <exception cref="ConsumerConfigurationException">The class cannot work; the message says why.</exception>
    HandlerClass Describe(Type handlerType);
}
