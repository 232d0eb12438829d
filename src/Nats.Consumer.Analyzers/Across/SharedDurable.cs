using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>NATS0514: the check of the runtime's ConsumerPlan over all consumers, in its words. Names that are derived are so from the class's, without its namespace.</summary>
internal static class SharedDurable
{
    public static void Judge(Application application, Action<Diagnostic> report)
    {
        if (application.SelectsConsumers)
            return;
        var named = application.Consumers.Where(consumer => consumer is { IsOrdered: false, StreamName: { IsKnown: true, Value: not null }, DurableName.IsKnown: true, Connection.IsKnown: true });
        foreach (var same in named.GroupBy(consumer => (consumer.StreamName.Value, consumer.DurableName.Value, consumer.DurableName.Value is null ? consumer.Type.Name : null, consumer.Connection.Value?.ToUpperInvariant())))
        {
            var first = same.First();
            foreach (var other in same.Skip(1))
            {
                var durable = same.Key.Item2 is { } name ? $"the durable '{name}'" : $"the durable that is derived from '{other.Type.Name}'";
                report(Diagnostic.Create(
                    Descriptors.NATS0514_SharedDurable,
                    other.DurableName.Syntax?.GetLocation() ?? other.Location,
                    [first.DurableName.Syntax?.GetLocation() ?? first.Location],
                    Show(first, other), Show(other, first), durable, same.Key.Item1));
            }
        }
    }

    private static string Show(ConsumerModel consumer, ConsumerModel other) => consumer.Type.Name == other.Type.Name ? consumer.Type.ToDisplayString() : consumer.Type.Name;
}
