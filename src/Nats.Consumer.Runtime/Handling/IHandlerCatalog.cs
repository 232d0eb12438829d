namespace Nats.Consumer.Handling;

/// <summary>
/// Where handlers and consumers are found. Today they are found by reflection; a table made at compile time takes its place without anything else changing.
/// </summary>
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
