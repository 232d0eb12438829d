using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Nats.Consumer.Streams;

namespace Nats.Consumer.JetStream;

/// <summary>Creates, changes, lists and deletes streams. What is written is read back; a field that the server ignored is an error.</summary>
internal sealed class StreamAdministration(JetStreamApi api)
{
    public async Task<StreamInfo> CreateAsync(StreamConfig config, CancellationToken cancellationToken)
    {
        StreamRules.Check(config);
        JsonObject wanted = StreamJson.From(config);
        JsonObject answer = await api.RequestAsync($"STREAM.CREATE.{config.Name}", wanted, $"Creating stream '{config.Name}'", cancellationToken).ConfigureAwait(false);
        return Checked(wanted, answer, config.Name);
    }

    public async Task<StreamInfo> UpdateAsync(StreamConfig config, CancellationToken cancellationToken)
    {
        await StreamOperation.Update(config).ApplyAsync(api, cancellationToken).ConfigureAwait(false);
        return await ReadBackAsync(config.Name, cancellationToken).ConfigureAwait(false);
    }

    public async Task<StreamInfo> CreateOrUpdateAsync(StreamConfig config, CancellationToken cancellationToken)
    {
        await StreamOperation.CreateOrUpdate(config).ApplyAsync(api, cancellationToken).ConfigureAwait(false);
        return await ReadBackAsync(config.Name, cancellationToken).ConfigureAwait(false);
    }

    public async Task<StreamInfo?> GetAsync(string stream, StreamInfoOptions? options, CancellationToken cancellationToken)
    {
        JetStreamName.ThrowIfInvalid(stream, "stream");
        JsonObject? all = null;
        for (long offset = 0; ;)
        {
            JsonObject? answer = await api.FindAsync($"STREAM.INFO.{stream}", Request(options, offset), JetStreamErrorCodes.StreamNotFound, $"Reading stream '{stream}'", cancellationToken)
                .ConfigureAwait(false);
            if (answer is null)
                return null;
            offset += (answer["state"]?["subjects"] as JsonObject)?.Count ?? 0;
            bool isLast = (long?)answer["total"] is not { } total || offset >= total || answer["state"]?["subjects"] is not JsonObject { Count: > 0 };
            all = all is null ? answer : WithSubjectsOf(all, answer);
            if (isLast)
                return StreamJson.Read(all);
        }
    }

    public Task<bool> DeleteAsync(string stream, CancellationToken cancellationToken)
    {
        JetStreamName.ThrowIfInvalid(stream, "stream");
        return api.DeleteStreamAsync(stream, cancellationToken);
    }

    public async IAsyncEnumerable<StreamInfo> ListAsync(string? subject, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (JsonNode item in ApiPages.ReadAsync(api, "STREAM.LIST", Filter(subject), "streams", "Listing streams", cancellationToken).ConfigureAwait(false))
            yield return StreamJson.Read((JsonObject)item.DeepClone());
    }

    public async IAsyncEnumerable<string> ListNamesAsync(string? subject, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (JsonNode item in ApiPages.ReadAsync(api, "STREAM.NAMES", Filter(subject), "streams", "Listing streams", cancellationToken).ConfigureAwait(false))
            yield return (string)item!;
    }

    public async Task<long> PurgeAsync(string stream, PurgeOptions? options, CancellationToken cancellationToken)
    {
        JetStreamName.ThrowIfInvalid(stream, "stream");
        JsonObject answer = await api.RequestAsync($"STREAM.PURGE.{stream}", options?.ToJson(), $"Purging stream '{stream}'", cancellationToken).ConfigureAwait(false);
        return (long?)answer["purged"] ?? 0;
    }

    private static JsonObject? Filter(string? subject) => subject is null ? null : new JsonObject { ["subject"] = subject };

    private static JsonObject? Request(StreamInfoOptions? options, long offset)
    {
        if (options is null)
            return null;
        var request = new JsonObject { ["deleted_details"] = options.WithDeleted };
        if (options.SubjectsFilter is { } filter)
            (request["subjects_filter"], request["offset"]) = (filter, offset);
        return request;
    }

    private static JsonObject WithSubjectsOf(JsonObject all, JsonObject page)
    {
        foreach ((string subject, JsonNode? count) in (page["state"]?["subjects"] as JsonObject) ?? [])
            all["state"]!["subjects"]![subject] = count?.DeepClone();
        return all;
    }

    private StreamInfo Checked(JsonObject wanted, JsonObject answer, string name)
    {
        ConfigJson.ThrowIfIgnored(wanted, (JsonObject)answer["config"]!, $"stream '{name}'", api.ServerVersion);
        return StreamJson.Read(answer);
    }

    private async Task<StreamInfo> ReadBackAsync(string stream, CancellationToken cancellationToken) =>
        await GetAsync(stream, null, cancellationToken).ConfigureAwait(false) ?? throw new JetStreamException($"Stream '{stream}' is gone: somebody else has deleted it at this moment.");
}
