using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>Makes a consumer, or changes the one that is there.</summary>
internal static class ConsumerWriter
{
    private const int LongestName = 255;
    private const long EphemeralThreshold = 5_000_000_000;

    /// <exception cref="ApiError">It cannot be.</exception>
    public static ServerConsumer Apply(ServerStream stream, ConsumerWrite write)
    {
        InMemoryServerVersion version = stream.Server.Version;
        ConsumerConfig config = ConsumerRules.Complete(write.Config, stream.Config, version);
        config = config with { Metadata = MetadataOf(config, version) };
        string name = config.IsDurable ? config.DurableName! : config.Name ?? "";
        if (name.Length > 0 && stream.Consumers.TryGetValue(name, out ServerConsumer? existing))
            return Change(existing, config, write.Action);
        if (write.Action == "update")
            throw Errors.ConsumerDoesNotExist();
        ConsumerRules.CheckPlace(config, name, stream);
        if (name.Length == 0)
            name = stream.Server.NewName();
        if (name.Length > LongestName)
            throw Errors.ConsumerNameTooLong(LongestName);
        if (!StreamRules.IsValidName(name, version))
            throw Errors.BadDurableName();
        var consumer = new ServerConsumer(stream, name, WithThreshold(config));
        stream.Server.Events.OnCreated(consumer);
        return consumer;
    }

    public static SortedDictionary<string, string>? MetadataOf(ConsumerConfig config, InMemoryServerVersion version) =>
        Assets.Stored(config.Metadata, config.PauseUntil is not null ? 1 : 0, version);

    private static ServerConsumer Change(ServerConsumer existing, ConsumerConfig config, string action)
    {
        ServerStream stream = existing.Stream;
        if (action == "create" && !IsSame(existing.Config, WithThreshold(config)))
            throw Errors.ConsumerExists();
        if (stream.Server.Version.HasActions && stream.Config.Retention == Retention.WorkQueue && !ConsumerRules.IsUnique(stream, existing.Name, config))
            throw Errors.WorkQueueNotUnique();
        // A pause is neither set nor ended in this way.
        config = config with { PauseUntil = existing.Config.PauseUntil };
        ConsumerRules.CheckUpdate(existing, config);
        existing.Update(WithThreshold(config));
        return existing;
    }

    // Who has no name that lasts goes when nobody uses it.
    private static ConsumerConfig WithThreshold(ConsumerConfig config) =>
        config.IsDurable || config.InactiveThreshold > 0 ? config : config with { InactiveThreshold = EphemeralThreshold };

    private static bool IsSame(ConsumerConfig one, ConsumerConfig other) =>
        JsonNode.DeepEquals(ApiJson.ToObject(one, ApiJson.Default.ConsumerConfig), ApiJson.ToObject(other, ApiJson.Default.ConsumerConfig));
}
