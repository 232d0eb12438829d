using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;

namespace Nats.Consumer;

/// <summary>A change of a stream that a consumer's <see cref="JetStreamConsumer.Setup"/> asks for.</summary>
public abstract class StreamOperation
{
    private protected StreamOperation(StreamConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        StreamRules.Check(config);
        Config = config;
    }

    /// <summary>The stream that is wanted.</summary>
    public StreamConfig Config { get; }

    /// <summary>Creates the stream if it does not exist; an existing one is left as it is, which is said.</summary>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    public static StreamOperation Create(StreamConfig config) => new CreateStream(config);

    /// <summary>
    /// Creates the stream, or updates what the configuration states and the server has otherwise. What is not stated stays as it is.
    /// </summary>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    public static StreamOperation CreateOrUpdate(StreamConfig config) => new CreateOrUpdateStream(config);

    /// <summary>Updates what the configuration states and the server has otherwise. What is not stated stays as it is. A stream that does not exist is an error.</summary>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    public static StreamOperation Update(StreamConfig config) => new UpdateStream(config);

    /// <summary>Deletes the stream, all its messages and its consumers. One that does not exist is left at that.</summary>
    /// <param name="name">The stream's name.</param>
    /// <exception cref="ArgumentException">The name can never work.</exception>
    public static StreamOperation Delete(string name) => new DeleteStream(name);

    internal abstract Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken);

    // A sparse update would reset what it leaves out, so the server's own configuration is what is sent back, changed where it must be.
    private protected async Task<StreamChange> UpdateAsync(JetStreamApi api, JsonObject wanted, StreamDescription existing, CancellationToken cancellationToken)
    {
        IReadOnlyList<FieldChange> differences = ConfigJson.Differences(wanted, existing.Config);
        if (differences.Count == 0)
            return new StreamChange(StreamChangeKind.Unchanged, Config.Name, []);
        StreamDescription updated = await api.UpdateStreamAsync(ConfigJson.Merge(existing.Config, wanted), cancellationToken).ConfigureAwait(false);
        ConfigJson.ThrowIfIgnored(wanted, updated.Config, $"stream '{Config.Name}'", api.ServerVersion);
        return new StreamChange(StreamChangeKind.Updated, Config.Name, differences);
    }

    private protected JetStreamException ComesAndGoes(Exception inner) =>
        new($"Stream '{Config.Name}' comes and goes: somebody else creates and deletes it at this moment.", inner);
}
