using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Planning;

/// <summary>The server as it is, and as it would be after the steps that were planned before.</summary>
internal sealed class PlanView(JetStreamApi api)
{
    private readonly Dictionary<string, JsonObject?> _streams = [];
    private readonly Dictionary<string, JsonObject?> _consumers = [];
    private Dictionary<string, IReadOnlyList<string>>? _subjects;

    public Version Version => api.ServerVersion;

    /// <summary>What the server says of a stream; <see langword="null"/> when there is none.</summary>
    public async Task<JsonObject?> StreamAsync(string stream, CancellationToken cancellationToken)
    {
        if (!_streams.TryGetValue(stream, out JsonObject? info))
            _streams[stream] = info = await api.FindAsync($"STREAM.INFO.{stream}", null, JetStreamErrorCodes.StreamNotFound, $"Reading stream '{stream}'", cancellationToken).ConfigureAwait(false);
        return info;
    }

    /// <summary>What the server says of a consumer; <see langword="null"/> when there is none.</summary>
    public async Task<JsonObject?> ConsumerAsync(string stream, string consumer, CancellationToken cancellationToken)
    {
        string key = Key(stream, consumer);
        if (!_consumers.TryGetValue(key, out JsonObject? info))
        {
            bool isThere = await StreamAsync(stream, cancellationToken).ConfigureAwait(false) is { } there && there["created"] is not null;
            _consumers[key] = info = !isThere
                ? null
                : await api.FindAsync($"CONSUMER.INFO.{stream}.{consumer}", null, JetStreamErrorCodes.ConsumerNotFound, $"Reading consumer '{consumer}' of stream '{stream}'", cancellationToken).ConfigureAwait(false);
        }

        return info;
    }

    /// <summary>What decides beside a configuration.</summary>
    public async Task<ServerFacts> FactsAsync(CancellationToken cancellationToken)
    {
        if (_subjects is null)
        {
            _subjects = [];
            try
            {
                await foreach (JsonNode item in ApiPages.ReadAsync(api, "STREAM.LIST", null, "streams", "Listing streams", cancellationToken).ConfigureAwait(false))
                    Remember((JsonObject)item["config"]!);
            }
            catch (JetStreamException e) when (e is JetStreamTimeoutException or JetStreamPermissionException)
            {
                // Not allowed to list streams, most likely. Then overlaps are the server's to notice.
            }
        }

        return new ServerFacts(api.ServerVersion, api.Connection.ServerInfo?.Cluster is not null) { Others = [.. _subjects] };
    }

    /// <summary>A step leaves a stream like that; <see langword="null"/> takes it away.</summary>
    public void Put(string stream, JsonObject? config)
    {
        JsonObject? before = _streams.GetValueOrDefault(stream);
        _streams[stream] = config is null ? null : new JsonObject { ["config"] = config.DeepClone(), ["state"] = before?["state"]?.DeepClone(), ["created"] = before?["created"]?.DeepClone() };
        _subjects?.Remove(stream);
        if (config is not null)
            Remember(config);
        else
            _consumers.Keys.Where(key => key.StartsWith($"{stream} ", StringComparison.Ordinal)).ToList().ForEach(key => _consumers[key] = null);
    }

    /// <summary>A step leaves a consumer like that; <see langword="null"/> takes it away.</summary>
    public void PutConsumer(string stream, string consumer, JsonObject? config) =>
        _consumers[Key(stream, consumer)] = config is null ? null : new JsonObject { ["config"] = config.DeepClone() };

    private static string Key(string stream, string consumer) => $"{stream} {consumer}";

    private void Remember(JsonObject config)
    {
        if (_subjects is not null)
            _subjects[(string)config["name"]!] = [.. (config["subjects"] as JsonArray)?.Select(subject => (string)subject!) ?? []];
    }
}
