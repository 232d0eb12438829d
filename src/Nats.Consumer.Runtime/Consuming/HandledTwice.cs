using Nats.Consumer.Handling;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Consuming;

/// <summary>
/// Messages that a handler class gets from two consumers, because one of them does not name its handlers and so takes all that fit. Where both name the class it is meant so.
/// </summary>
internal static class HandledTwice
{
    /// <returns>For each pair of consumers and each class at most one.</returns>
    public static IEnumerable<(ConsumerPlan Plan, string Problem)> Of(IReadOnlyList<ConsumerPlan> plans)
    {
        for (int first = 0; first < plans.Count; first++)
        {
            for (int second = first + 1; second < plans.Count; second++)
            {
                if (!AreOfOneStream(plans[first], plans[second]) || (IsStated(plans[first]) && IsStated(plans[second])))
                    continue;
                foreach (HandlerClass handler in plans[first].Handlers.Where(handler => plans[second].Handlers.Any(other => other.Type == handler.Type)))
                {
                    if (Common(handler, plans[first], plans[second]) is { } common)
                        yield return (plans[first], Problem(handler, common, plans[first], plans[second]));
                }
            }
        }
    }

    private static string Problem(HandlerClass handler, SubjectPattern common, ConsumerPlan one, ConsumerPlan other) =>
        $"{TypeNames.Of(handler.Type)} handles {common} of stream '{one.Stream}' twice, for {one.Name} and for {other.Name}. "
        + $"Name the handler classes of each: public override IReadOnlyList<Type> Handlers => [typeof({TypeNames.Of(handler.Type)})];";

    private static bool IsStated(ConsumerPlan plan) => plan.Definition.Handlers.Count > 0;

    private static bool AreOfOneStream(ConsumerPlan one, ConsumerPlan other) =>
        one.Stream == other.Stream && string.Equals(one.Settings.Connection, other.Settings.Connection, StringComparison.OrdinalIgnoreCase);

    /// <summary>What both consumers take by a pattern of the class.</summary>
    private static SubjectPattern? Common(HandlerClass handler, ConsumerPlan one, ConsumerPlan other)
    {
        foreach (SubjectPattern pattern in handler.Routes.Routes.Select(route => route.Pattern))
        {
            foreach (SubjectPattern subject in one.Subjects)
            {
                if (subject.TryIntersect(pattern, out SubjectPattern? taken) && other.Subjects.Select(also => also.TryIntersect(taken, out SubjectPattern? common) ? common : null).FirstOrDefault(common => common is not null) is { } both)
                    return both;
            }
        }

        return null;
    }
}
