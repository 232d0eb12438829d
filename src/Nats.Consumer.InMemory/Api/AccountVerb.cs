using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Api;

/// <summary><c>$JS.API.INFO</c>: what is used of what is allowed.</summary>
internal static class AccountVerb
{
    public static JsonObject Answer(Server server, long total, long errors)
    {
        var answer = new JsonObject
        {
            ["memory"] = Bytes(server, Storage.Memory),
            ["storage"] = Bytes(server, Storage.File),
            ["streams"] = server.Streams.Count,
            ["consumers"] = server.Streams.Values.Sum(stream => stream.Consumers.Count),
            ["limits"] = new JsonObject
            {
                ["max_memory"] = -1,
                ["max_storage"] = -1,
                ["max_streams"] = -1,
                ["max_consumers"] = -1,
                ["max_ack_pending"] = -1,
                ["memory_max_stream_bytes"] = -1,
                ["storage_max_stream_bytes"] = -1,
                ["max_bytes_required"] = false,
            },
            ["api"] = new JsonObject { ["total"] = total, ["errors"] = errors },
        };
        if (server.Domain is { } domain)
            answer["domain"] = domain;
        if (server.Version.AddsMetadata)
            ((JsonObject)answer["api"]!).Insert(0, "level", Assets.ApiLevel);
        return answer;
    }

    private static long Bytes(Server server, Storage storage) =>
        server.Streams.Values.Where(stream => stream.Config.Storage == storage).Sum(stream => stream.Messages.Bytes);
}
