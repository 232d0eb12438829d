using Microsoft.Extensions.DependencyInjection;

namespace Nats.Consumer.Handling;

/// <summary>
/// Makes handlers from dependency injection: one for each message, in a scope of its own, unless the application registered the class as a singleton.
/// A consumer whose handlers are all singletons opens no scopes.
/// </summary>
internal sealed class HandlerActivator
{
    private readonly IServiceScopeFactory _scopes;
    private readonly ConsumerHandler?[] _singletons;

    public HandlerActivator(IServiceProvider services, HandlerLifetimes lifetimes, IReadOnlyList<HandlerClass> classes)
    {
        _scopes = services.GetRequiredService<IServiceScopeFactory>();
        _singletons = [.. classes.Select(handler => lifetimes.IsSingleton(handler.Type) ? (ConsumerHandler)services.GetRequiredService(handler.Type) : null)];
        NeedsScope = _singletons.Contains(null);
    }

    public bool NeedsScope { get; }

    public AsyncServiceScope CreateScope() => _scopes.CreateAsyncScope();

    public ConsumerHandler Get(int index, Type type, IServiceProvider scope) => _singletons[index] ?? (ConsumerHandler)scope.GetRequiredService(type);
}

/// <summary>Which handler classes the application registered as singletons.</summary>
internal sealed class HandlerLifetimes(IServiceCollection services)
{
    public bool IsSingleton(Type type) => services.LastOrDefault(service => service.ServiceType == type) is { Lifetime: ServiceLifetime.Singleton };
}
