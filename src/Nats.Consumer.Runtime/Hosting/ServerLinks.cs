using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nats.Consumer.Configuration;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Hosting;

/// <summary>The connections of the application: the default one, and those with names.</summary>
internal sealed class ServerLinks : IAsyncDisposable
{
    private readonly Dictionary<string, ServerLink> _named = new(StringComparer.OrdinalIgnoreCase);

    public ServerLinks(IServiceProvider services, ConnectionRecipe recipe, Dictionary<string, ConnectionRecipe> recipes)
    {
        NatsOptions options = services.GetRequiredService<IOptions<NatsOptions>>().Value;
        Default = new ServerLink(services, null, options, recipe);
        foreach (string name in options.Connections.Keys.Union(recipes.Keys, _named.Comparer))
        {
            NatsConnectionSettings settings = options.Connections.TryGetValue(name, out NatsConnectionSettings? stated) ? stated : options.Another();
            _named.Add(name, new ServerLink(services, name, settings, recipes.GetValueOrDefault(name) ?? new ConnectionRecipe()));
        }
    }

    public ServerLink Default { get; }

    /// <summary>All, whether they are used or not.</summary>
    public IEnumerable<ServerLink> All => _named.Values.Prepend(Default);

    /// <param name="name">The name, or what stands for it, as an enum's value; <see langword="null"/> for the default connection.</param>
    /// <exception cref="ConsumerConfigurationException">There is none of that name.</exception>
    public ServerLink Find(object? name) => name is null ? Default : _named.TryGetValue(name.ToString() ?? "", out ServerLink? link) ? link : throw Unknown(name);

    /// <summary>The connections that consumers use, each with its consumers, in their order.</summary>
    /// <exception cref="ConsumerConfigurationException">A consumer names a connection that there is not, or nothing says where a server is.</exception>
    public IReadOnlyList<LinkPlans> Of(IEnumerable<ConsumerPlan> plans)
    {
        foreach (ServerLink link in All)
            link.ThrowIfNowhere();
        return [.. plans.GroupBy(Of).Select(group => new LinkPlans(group.Key, [.. group]))];
    }

    /// <summary>Each connection that is not made yet is to a server of its own in this process's memory.</summary>
    /// <param name="name">The name of the default connection's; that of a named one is <c>name-NAME</c>.</param>
    public void MoveToMemory(string name)
    {
        foreach (ServerLink link in All)
            link.Settings.Url = MemoryUrl.Of(link.Name is null ? name : $"{name}-{link.Name}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServerLink link in All)
            await link.DisposeAsync().ConfigureAwait(false);
    }

    private ServerLink Of(ConsumerPlan plan)
    {
        try
        {
            return Find(plan.Settings.Connection);
        }
        catch (ConsumerConfigurationException e)
        {
            throw new ConsumerConfigurationException($"{plan.Name}: {plan.Settings.NameOf(nameof(plan.Settings.Connection))}: {e.Message}", e);
        }
    }

    private ConsumerConfigurationException Unknown(object name)
    {
        string suggestion = Suggestion.For($"{name}", _named.Keys);
        string known = suggestion.Length > 0 ? suggestion : _named.Count > 0 ? $" There {(_named.Count == 1 ? "is" : "are")} {string.Join(", ", _named.Keys)}." : "";
        return new ConsumerConfigurationException($"There is no connection '{name}'.{known} {NatsOptions.Section}:{nameof(NatsOptions.Connections)}:{name}:Url would make it.");
    }
}

/// <summary>A connection, and the consumers that use it.</summary>
internal sealed record LinkPlans(ServerLink Link, IReadOnlyList<ConsumerPlan> Plans);
