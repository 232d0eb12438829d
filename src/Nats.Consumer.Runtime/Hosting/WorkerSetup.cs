using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;
using Nats.Consumer.Planning;
using Nats.Consumer.Settling;
using Nats.Consumer.Streams;

namespace Nats.Consumer.Hosting;

/// <summary>All that consumers need on the server: what their <see cref="JetStreamConsumer.Setup"/> asks for, a stream for dead letters, and their durables.</summary>
internal sealed class WorkerSetup(JetStreamApi api, ConsumerProvisioner provisioner)
{
    /// <summary>What is to be done, in order. Asks and changes nothing.</summary>
    public async Task<IReadOnlyList<PlanStep>> PlanAsync(IReadOnlyList<ConsumerPlan> plans, CancellationToken cancellationToken)
    {
        var view = new PlanView(api);
        var steps = new List<PlanStep>();
        foreach (StreamOperation operation in Operations(plans))
            steps.Add(await operation.PlanAsync(view, cancellationToken).ConfigureAwait(false));
        foreach (ConsumerPlan plan in plans)
            steps.Add(await provisioner.PlanAsync(plan, view, cancellationToken).ConfigureAwait(false));
        return steps;
    }

    /// <summary>Does it, and tells what was done.</summary>
    public async Task ApplyAsync(IReadOnlyList<ConsumerPlan> plans, Action<StreamChange> done, CancellationToken cancellationToken)
    {
        foreach (StreamOperation operation in Operations(plans))
            done(await operation.ApplyAsync(api, cancellationToken).ConfigureAwait(false));
        foreach (ConsumerPlan plan in plans.Where(plan => plan.Definition is not OrderedConsumer))
        {
            PlanStep step = await provisioner.PlanAsync(plan, new PlanView(api), cancellationToken).ConfigureAwait(false);
            await provisioner.EnsureAsync(plan, cancellationToken).ConfigureAwait(false);
            StreamChangeKind kind = step.Action switch
            {
                PlanAction.Create => StreamChangeKind.Created,
                PlanAction.Update => StreamChangeKind.Updated,
                _ => StreamChangeKind.Unchanged,
            };
            done(new StreamChange(kind, $"C{step.What[1..]}", step.Fields));
        }
    }

    private static List<StreamOperation> Operations(IReadOnlyList<ConsumerPlan> plans) =>
    [
        .. plans.SelectMany(plan => StreamSetup.OperationsOf(plan.Definition)),
        .. plans.Select(plan => plan.Stream).Distinct().Select(DeadLetterQueue.Operation),
    ];
}
