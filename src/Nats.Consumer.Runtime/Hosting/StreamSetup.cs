using Microsoft.Extensions.Logging;
using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;

namespace Nats.Consumer.Hosting;

/// <summary>Applies the stream operations of consumers, each once.</summary>
internal static class StreamSetup
{
    public static async Task<IReadOnlyList<StreamChange>> ApplyAsync(
        IEnumerable<JetStreamConsumer> consumers, JetStreamApi api, ILogger logger, CancellationToken cancellationToken)
    {
        var changes = new List<StreamChange>();
        foreach (JetStreamConsumer consumer in consumers)
        {
            foreach (StreamOperation operation in OperationsOf(consumer))
            {
                StreamChange change = await operation.ApplyAsync(api, cancellationToken).ConfigureAwait(false);
                Log.StreamChanged(logger, change.ToString());
                changes.Add(change);
            }
        }

        return changes;
    }

    /// <exception cref="ConsumerConfigurationException">One of them can never work.</exception>
    public static List<StreamOperation> OperationsOf(JetStreamConsumer consumer)
    {
        try
        {
            return [.. consumer.Setup()];
        }
        catch (ArgumentException e)
        {
            throw new ConsumerConfigurationException($"{consumer.Name}.Setup(): {e.Message}", e);
        }
    }
}
