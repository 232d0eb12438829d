using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Nats.Consumer.JetStream;

/// <summary>Lists come in pages.</summary>
internal static class ApiPages
{
    /// <exception cref="JetStreamTimeoutException">A part of the cluster did not answer in time, so the list is not complete.</exception>
    public static async IAsyncEnumerable<JsonNode> ReadAsync(
        JetStreamApi api, string subject, JsonObject? request, string field, string what, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long offset = 0; ;)
        {
            JsonObject body = request is null ? [] : (JsonObject)request.DeepClone();
            body["offset"] = offset;
            JsonObject answer = await api.RequestAsync(subject, body, what, cancellationToken).ConfigureAwait(false);
            if (answer["missing"] is JsonArray { Count: > 0 } missing)
                throw new JetStreamTimeoutException($"{what}: nothing was heard of {string.Join(", ", missing)}; their servers may be down. Try again.");
            if (answer[field] is not JsonArray { Count: > 0 } items)
                yield break;
            foreach (JsonNode? item in items)
            {
                if (item is not null) // where others' streams were, on a connection with a subject prefix
                    yield return item;
            }

            offset += items.Count;
            if (offset >= ((long?)answer["total"] ?? 0))
                yield break;
        }
    }
}
