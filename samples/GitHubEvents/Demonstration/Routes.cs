using System.Reflection;
using Nats.Consumer;

namespace GitHubEvents.Demonstration;

/// <summary>How many messages went which way.</summary>
internal static class Routes
{
    /// <summary>The patterns of the handler as declared, then the fallback.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        .. typeof(GitHubHandler).GetMethods().SelectMany(method => method.GetCustomAttributes<HandleAttribute>()).SelectMany(handle => handle.Patterns),
        Ledger.Fallback,
    ];

    public static IReadOnlyList<(string Route, int Count)> Count(IEnumerable<Handled> handled)
    {
        ILookup<string, Handled> byRoute = handled.ToLookup(message => message.Route);
        return [.. All.Select(route => (route, byRoute[route].Count()))];
    }
}
