namespace Nats.Consumer.Hosting;

/// <summary>The middleware of the application, the outermost first.</summary>
internal sealed record MiddlewareTypes(IReadOnlyList<Type> Types);
