using Nats.Consumer.Consuming;
using Nats.Consumer.Hosting;
using Nats.Consumer.Planning;
using Nats.Consumer.Streams;

namespace Nats.Consumer.CommandLine;

/// <summary>Sets up on each connection that consumers use. Where there are several, each step says on which.</summary>
internal sealed class LinkedSetup(VerbHost host, IReadOnlyList<ConsumerPlan> plans)
{
    private readonly IReadOnlyList<LinkPlans> _links = host.Links.Of(plans);

    /// <summary>The connections, in order.</summary>
    public IEnumerable<ServerLink> Links => _links.Select(used => used.Link);

    /// <summary>What is to be done, in order. Every server has to answer, and none is changed.</summary>
    public async Task<IReadOnlyList<PlanStep>> PlanAsync(CancellationToken cancellationToken)
    {
        var steps = new List<PlanStep>();
        foreach ((ServerLink link, IReadOnlyList<ConsumerPlan> own) in _links)
        {
            await VerbHost.ConnectAsync(link, cancellationToken).ConfigureAwait(false);
            foreach (PlanStep step in await host.SetupOn(link).PlanAsync(own, cancellationToken).ConfigureAwait(false))
                steps.Add(step with { What = Titled(step.What, link), Connection = link.Name, SubjectPrefix = link.Prefix?.Name });
        }

        return steps;
    }

    /// <summary>Does it, and tells what was done.</summary>
    public async Task ApplyAsync(Action<StreamChange> done, CancellationToken cancellationToken)
    {
        foreach ((ServerLink link, IReadOnlyList<ConsumerPlan> own) in _links)
            await host.SetupOn(link).ApplyAsync(own, change => done(change with { What = Titled(change.What, link) }), cancellationToken).ConfigureAwait(false);
    }

    private string Titled(string what, ServerLink link) => _links.Count > 1 ? $"{what} on {link.Title}" : what;
}
