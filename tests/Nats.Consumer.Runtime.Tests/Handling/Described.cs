using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.Routing;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Handling;

/// <summary>Handler classes as the catalogue describes them.</summary>
internal static class Described
{
    private static readonly ReflectionCatalog Catalog = new([]);

    public static HandlerClass Class<T>() => Catalog.Describe(typeof(T));

    /// <summary>The message with which a class is refused.</summary>
    public static string Refused<T>() => Should.Throw<ConsumerConfigurationException>(Class<T>).Message;

    /// <summary>Sends one message through an instance.</summary>
    public static async Task<Outcome> CallAsync<T>(T handler, string subject, string payload = "{}", CancellationToken cancellationToken = default)
        where T : ConsumerHandler
    {
        InboundMessage message = new Lane().With(services => services.AddSingleton("a service")).Message(subject, payload);
        Route route = Class<T>().Routes.Find(message.SubjectUtf8).ShouldNotBeNull();
        message.Route = route;
        return await route.Method.Invoke(handler, new MessageContext(message), route, cancellationToken);
    }
}
