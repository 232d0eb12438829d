using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Nats.Consumer.Streams;

namespace Nats.Consumer.JetStream;

/// <summary>Creates, changes, lists, pauses and deletes consumers. What is written is read back; a field that the server ignored is an error.</summary>
internal sealed class ConsumerAdministration(JetStreamApi api, TimeProvider time)
{
    private static readonly Version WithActions = new(2, 10, 0);
    private static readonly Version WithPause = new(2, 11, 0);

    public async Task<ConsumerInfo> CreateAsync(string stream, ConsumerConfig config, CancellationToken cancellationToken)
    {
        JsonObject wanted = New(Wanted(stream, config));
        // Before 2.10 the server overwrites what is there.
        if (api.ServerVersion < WithActions && Name(config) is { } name && await FindAsync(stream, name, cancellationToken).ConfigureAwait(false) is { } existing)
        {
            IReadOnlyList<FieldChange> differences = ConfigJson.Differences(wanted, (JsonObject)existing["config"]!);
            return differences.Count == 0
                ? ConsumerJson.Read(existing)
                : throw new JetStreamException($"Consumer '{name}' of stream '{stream}' exists with another configuration ({string.Join("; ", differences)}). Use CreateOrUpdateConsumerAsync to change it.");
        }

        return await PutAsync(stream, wanted, wanted, "create", "Creating", cancellationToken).ConfigureAwait(false);
    }

    public async Task<ConsumerInfo> UpdateAsync(string stream, ConsumerConfig config, CancellationToken cancellationToken)
    {
        JsonObject wanted = Wanted(stream, config);
        string name = Name(config) ?? throw new ArgumentException("The consumer to update has no name. State DurableName or Name.", nameof(config));
        JsonObject existing = await FindAsync(stream, name, cancellationToken).ConfigureAwait(false)
            ?? throw new JetStreamException($"Consumer '{name}' of stream '{stream}' does not exist, so it cannot be updated. Use CreateOrUpdateConsumerAsync to create it where it is missing.");
        return await UpdateAsync(stream, wanted, existing, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ConsumerInfo> CreateOrUpdateAsync(string stream, ConsumerConfig config, CancellationToken cancellationToken)
    {
        JsonObject wanted = Wanted(stream, config);
        if (Name(config) is not { } name)
            return await CreateAsync(stream, config, cancellationToken).ConfigureAwait(false);
        JsonObject? existing = await FindAsync(stream, name, cancellationToken).ConfigureAwait(false);
        try
        {
            if (existing is null)
            {
                JsonObject created = New(wanted);
                return await PutAsync(stream, created, created, "create", "Creating", cancellationToken).ConfigureAwait(false);
            }
        }
        catch (JetStreamApiException e) when (e.ErrorCode == JetStreamErrorCodes.ConsumerExists)
        {
            // Another process was faster; its consumer is updated like any other.
            existing = await FindAsync(stream, name, cancellationToken).ConfigureAwait(false)
                ?? throw new JetStreamException($"Consumer '{name}' of stream '{stream}' comes and goes: somebody else creates and deletes it at this moment.", e);
        }

        return await UpdateAsync(stream, wanted, existing, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ConsumerInfo?> GetAsync(string stream, string consumer, CancellationToken cancellationToken)
    {
        CheckNames(stream, consumer);
        return await FindAsync(stream, consumer, cancellationToken).ConfigureAwait(false) is { } answer ? ConsumerJson.Read(answer) : null;
    }

    public Task<bool> DeleteAsync(string stream, string consumer, CancellationToken cancellationToken)
    {
        CheckNames(stream, consumer);
        return api.DeleteConsumerAsync(stream, consumer, cancellationToken);
    }

    public async IAsyncEnumerable<ConsumerInfo> ListAsync(string stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JetStreamName.ThrowIfInvalid(stream, "stream");
        await foreach (JsonNode item in ApiPages.ReadAsync(api, $"CONSUMER.LIST.{stream}", null, "consumers", $"Listing the consumers of stream '{stream}'", cancellationToken).ConfigureAwait(false))
            yield return ConsumerJson.Read((JsonObject)item.DeepClone());
    }

    public async IAsyncEnumerable<string> ListNamesAsync(string stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JetStreamName.ThrowIfInvalid(stream, "stream");
        await foreach (JsonNode item in ApiPages.ReadAsync(api, $"CONSUMER.NAMES.{stream}", null, "consumers", $"Listing the consumers of stream '{stream}'", cancellationToken).ConfigureAwait(false))
            yield return (string)item!;
    }

    /// <param name="stream">The stream.</param>
    /// <param name="consumer">The consumer.</param>
    /// <param name="until">Until when; <see langword="null"/> to resume.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<ConsumerPause> PauseAsync(string stream, string consumer, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        CheckNames(stream, consumer);
        if (until <= time.GetUtcNow())
            throw new ArgumentOutOfRangeException(nameof(until), until, "A consumer can be paused until a time in the future. To go on at once, resume it.");
        if (api.ServerVersion < WithPause)
            throw new JetStreamException($"nats-server {api.ServerVersion} cannot pause and resume consumers; it would not answer. Use 2.11 or later.");
        JsonObject body = until is null ? [] : new JsonObject { ["pause_until"] = GoTimeConverter.Text(until.Value) };
        string doing = until is null ? "Resuming" : "Pausing";
        JsonObject answer = await api.RequestAsync($"CONSUMER.PAUSE.{stream}.{consumer}", body, $"{doing} consumer '{consumer}' of stream '{stream}'", cancellationToken).ConfigureAwait(false);
        return ModelJson.Read(answer, ModelJson.Default.ConsumerPause);
    }

    private static string? Name(ConsumerConfig config) => config.DurableName ?? config.Name;

    // The server would acknowledge on delivery.
    private static JsonObject New(JsonObject wanted)
    {
        var config = (JsonObject)wanted.DeepClone();
        config["ack_policy"] ??= "explicit";
        return config;
    }

    private static void CheckNames(string stream, string consumer)
    {
        JetStreamName.ThrowIfInvalid(stream, "stream");
        JetStreamName.ThrowIfInvalid(consumer, "consumer");
    }

    private static JsonObject Wanted(string stream, ConsumerConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        JetStreamName.ThrowIfInvalid(stream, "stream");
        return ConsumerJson.From(config);
    }

    private Task<JsonObject?> FindAsync(string stream, string consumer, CancellationToken cancellationToken) => api.FindAsync(
        $"CONSUMER.INFO.{stream}.{consumer}", null, JetStreamErrorCodes.ConsumerNotFound, $"Reading consumer '{consumer}' of stream '{stream}'", cancellationToken);

    // The server's own configuration is what is sent back, changed where it must be: a sparse one would reset what it leaves out.
    private async Task<ConsumerInfo> UpdateAsync(string stream, JsonObject wanted, JsonObject existing, CancellationToken cancellationToken)
    {
        var actual = (JsonObject)existing["config"]!;
        return ConfigJson.Differences(wanted, actual).Count == 0
            ? ConsumerJson.Read(existing)
            : await PutAsync(stream, wanted, ConfigJson.Merge(actual, wanted), "update", "Updating", cancellationToken).ConfigureAwait(false);
    }

    private async Task<ConsumerInfo> PutAsync(string stream, JsonObject wanted, JsonObject config, string action, string doing, CancellationToken cancellationToken)
    {
        JsonObject answer = await api.PutConsumerAsync(stream, config, action, doing, cancellationToken).ConfigureAwait(false);
        ConfigJson.ThrowIfIgnored(wanted, (JsonObject)answer["config"]!, $"consumer '{answer["name"]}'", api.ServerVersion);
        return ConsumerJson.Read(answer);
    }
}
