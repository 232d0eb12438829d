using Nats.Consumer.Routing;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Handling;

/// <summary>A handler class, as the catalogue found it.</summary>
internal sealed class HandlerClass
{
    /// <exception cref="ConsumerConfigurationException">There is nothing to call, a pattern cannot work, or two methods take the same subjects.</exception>
    public HandlerClass(Type type, IReadOnlyList<HandlerMethod> methods, bool overridesFallback)
    {
        if (methods.Count == 0 && !overridesFallback)
        {
            throw new ConsumerConfigurationException(
                $"{type.Name} has no method with [Handle] and does not override FallbackAsync, so it would never be called. Mark its methods with [Handle(\"a.subject\")].");
        }

        Type = type;
        OverridesFallback = overridesFallback;
        var routes = new List<Route>();
        foreach (HandlerMethod method in methods)
        {
            if (method.Patterns.Count == 0)
                throw new ConsumerConfigurationException($"{method.DisplayName}: [Handle] names no subject. Give it one, as in [Handle(\"orders.created\")].");
            foreach (string text in method.Patterns)
            {
                if (!SubjectPattern.TryParse(text, out SubjectPattern? pattern, out SubjectError? error))
                    throw new ConsumerConfigurationException($"{method.DisplayName}: {error.Message}");
                foreach (string parameter in method.TokenParameters)
                {
                    if (!pattern.Tokens.Any(token => token.Parameter == parameter))
                    {
                        throw new ConsumerConfigurationException(
                            $"{method.DisplayName}: the parameter '{parameter}' is no token of '{text}'. Write it into the pattern as '{{{parameter}}}', or take the parameter away.");
                    }
                }

                routes.Add(new Route(pattern, method));
            }
        }

        try
        {
            Routes = new RouteTable(routes);
        }
        catch (ArgumentException e)
        {
            throw new ConsumerConfigurationException(e.Message);
        }
    }

    public Type Type { get; }

    /// <summary>Whether the class wants the messages that no method takes.</summary>
    public bool OverridesFallback { get; }

    public RouteTable Routes { get; }
}
