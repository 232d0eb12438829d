using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;
using Nats.Consumer.Planning;
using Nats.Consumer.Streams;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Consuming;

internal sealed partial class ConsumerProvisioner
{
    /// <summary>What <see cref="EnsureAsync"/> would do. Changes nothing.</summary>
    public async Task<PlanStep> PlanAsync(ConsumerPlan plan, PlanView view, CancellationToken cancellationToken)
    {
        string what = $"consumer '{plan.Durable}' of stream '{plan.Stream}'";
        if (await view.StreamAsync(plan.Stream, cancellationToken).ConfigureAwait(false) is not { } stream)
            return PlanStep.Refused(what, $"Stream '{plan.Stream}' does not exist. Create it in {plan.Name}.Setup(), or by hand.");
        try
        {
            var description = StreamDescription.From(stream);
            CheckCaptured(plan, description);
            if (plan.Definition is OrderedConsumer)
                return new PlanStep(PlanAction.Nothing, $"ordered consumer {plan.Name} of stream '{plan.Stream}'") { Effects = ["Made anew at each start; nothing is kept on the server."] };
            JsonObject? info = await view.ConsumerAsync(plan.Stream, plan.Durable, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<SubjectPattern> filters = api.ServerVersion < WithSeveralFilters ? SingleFilter(plan, description) : plan.Subjects;
            if (info is not null && api.ServerVersion < WithSeveralFilters)
                filters = Reachable(plan, description, ConsumerDescription.From(info), filters);
            JsonObject wanted = ConsumerConfigJson.Durable(plan, filters);
            if (info is not null)
            {
                // Where a server refuses filters that overlap in part, they were joined.
                JsonObject joined = ConsumerConfigJson.Durable(plan, FilterSet.Join(plan.Subjects));
                LeaveAlone(joined, ConsumerDescription.From(info));
                if (ConfigJson.Differences(joined, (JsonObject)info["config"]!).Count == 0)
                    return new PlanStep(PlanAction.Nothing, what);
                LeaveAlone(wanted, ConsumerDescription.From(info));
                FilterUpdate.StateEverything(wanted, (JsonObject)info["config"]!);
                if (NewGroup(plan, ConsumerDescription.From(info), ConfigJson.Differences(wanted, (JsonObject)info["config"]!)) is { } problem)
                    return PlanStep.Refused(what, problem);
            }

            return ConsumerPlanner.Plan(OperationKind.CreateOrUpdate, stream, what, wanted, info, await view.FactsAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (ConsumerConfigurationException e)
        {
            return PlanStep.Refused(what, e.Message);
        }
    }
}
