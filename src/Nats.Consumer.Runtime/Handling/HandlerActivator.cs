using System.Reflection;
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
    public bool IsSingleton(Type type) => Find(type) is { Lifetime: ServiceLifetime.Singleton };

    /// <summary>Why a class can never be made, for all that is known: its only constructor takes a service that nobody registered. The container checks this itself in development only.</summary>
    /// <param name="type">The handler class.</param>
    /// <param name="known">Tells what is registered.</param>
    public string? WhyNever(Type type, IServiceProviderIsService known)
    {
        if (Find(type) is not { ImplementationType: { } made } || made.GetConstructors() is not [var constructor])
            return null; // made by code of the application, or by whatever constructor fits
        ParameterInfo? missing = Array.Find(constructor.GetParameters(), parameter =>
            !parameter.HasDefaultValue && parameter.GetCustomAttributes<Attribute>().All(attribute => attribute is not (FromKeyedServicesAttribute or ServiceKeyAttribute)) && !known.IsService(parameter.ParameterType));
        return missing is null
            ? null
            : $"{TypeNames.Of(type)} cannot be made: its constructor takes {TypeNames.Of(missing.ParameterType)}, which is not registered. Register it, as by builder.Services.AddSingleton<{TypeNames.Of(missing.ParameterType)}, …>().";
    }

    private ServiceDescriptor? Find(Type type) => services.LastOrDefault(service => service.ServiceType == type);
}
