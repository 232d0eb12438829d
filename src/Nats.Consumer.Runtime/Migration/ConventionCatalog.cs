#pragma warning disable NATS0601 // what is obsolete for users works here
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Handling;

namespace Nats.Consumer.Migration;

/// <summary>
/// Adds to what is known of a <see cref="ConventionHandler"/> the methods that it finds by their names. The list of its subjects is an argument of its constructor: only an instance knows it.
/// </summary>
internal sealed class ConventionCatalog(IHandlerCatalog inner, IServiceProvider services) : IHandlerCatalog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Type, HandlerClass> _described = [];

    public IReadOnlyList<Type> HandlerTypes => inner.HandlerTypes;

    public IReadOnlyList<Type> ConsumerTypes => inner.ConsumerTypes;

    public HandlerClass Describe(Type handlerType)
    {
        HandlerClass attributed = inner.Describe(handlerType);
        if (!handlerType.IsAssignableTo(typeof(ConventionHandler)))
            return attributed;
        lock (_lock)
        {
            if (!_described.TryGetValue(handlerType, out HandlerClass? described))
                _described.Add(handlerType, described = Describe(handlerType, attributed, TableOf(handlerType)));
            return described;
        }
    }

    /// <summary>What has a [Handle] is routed by it, whatever the list says.</summary>
    public static HandlerClass Describe(Type handlerType, HandlerClass attributed, ConventionTable table)
    {
        HashSet<string> stated = [.. attributed.Routes.Routes.Select(route => route.Pattern.Text)];
        IEnumerable<HandlerMethod> named = table.Routed.Where(route => !stated.Contains(route.Subject)).GroupBy(route => route.Candidates[0].Method, (method, routes) =>
            new HandlerMethod(method.DisplayName, [.. routes.Select(route => route.Subject)], [], CallRouter) { Payload = method.Payload });
        return new HandlerClass(handlerType, [.. attributed.Routes.Routes.Select(route => route.Method).Distinct(), .. named], overridesFallback: true);
    }

    // The router is virtual: it decides what is called, here as in version 1.
    private static ValueTask<Outcome> CallRouter(ConsumerHandler handler, MessageContext message, Routing.Route route, CancellationToken cancellationToken) =>
        ((ConventionHandler)handler).HandleAsync(message, cancellationToken);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The constructor is the user's.")]
    private ConventionTable TableOf(Type handlerType)
    {
        AsyncServiceScope scope = services.CreateAsyncScope();
        try
        {
            ConventionTable table = ((ConventionHandler)scope.ServiceProvider.GetRequiredService(handlerType)).Table;
            Warn(handlerType, table);
            return table;
        }
        catch (Exception e) when (e is not ConsumerConfigurationException)
        {
            throw new ConsumerConfigurationException($"{handlerType.Name} cannot be made, which is needed to read the list of its subjects: {e.Message} Mark its methods with [Handle], and no instance is needed.", e);
        }
        finally
        {
            scope.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private void Warn(Type handlerType, ConventionTable table)
    {
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(handlerType);
        foreach (IGrouping<string, ConventionRoute<HandlerMethod>> same in table.Routes.Where(route => route.Fate is not ConventionFate.Wildcard).GroupBy(route => ConventionNames.MethodOf(route.Subject)))
        {
            foreach (ConventionRoute<HandlerMethod> route in same.Skip(1))
                Log.Collision(logger, handlerType.Name, route.Subject, same.First().Subject, same.Key);
        }

        foreach (string method in table.Missing)
            Log.MethodMissing(logger, handlerType.Name, method);
        string[] others = [.. table.Routes.Select(route => route.Subject).Where(subject => !ConventionNames.IsDotted(subject))];
        if (others.Length > 0)
            Log.NotDotted(logger, handlerType.Name, string.Join(", ", others));
    }
}
