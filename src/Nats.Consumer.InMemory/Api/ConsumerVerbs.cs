using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Consumers;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Api;

/// <summary>Creating, changing, reading, pausing, listing and deleting consumers.</summary>
internal static class ConsumerVerbs
{
    public static readonly ApiVerb[] All =
    [
        new("CONSUMER.CREATE.*", "consumer_create_response", CreateEphemeral),
        new("CONSUMER.CREATE.*.>", "consumer_create_response", Create),
        new("CONSUMER.DURABLE.CREATE.*.*", "consumer_create_response", CreateDurable),
        new("CONSUMER.INFO.*.*", "consumer_info_response", request => ConsumerInfo.Describe(request.Consumer(4))),
        new("CONSUMER.DELETE.*.*", "consumer_delete_response", Delete),
        new("CONSUMER.PAUSE.*.*", "consumer_pause_response", Pause),
        new("CONSUMER.NAMES.*", "consumer_names_response", Names),
        new("CONSUMER.LIST.*", "consumer_list_response", List),
    ];

    private static JsonObject CreateEphemeral(ApiRequest request) => Write(request, ConsumerWrite.Read(request, request.Tokens[4], "", ""), isDurable: false);

    private static JsonObject Create(ApiRequest request)
    {
        string filter = string.Join('.', request.Tokens.Skip(6));
        ConsumerWrite write = ConsumerWrite.Read(request, request.Tokens[4], request.Tokens[5], filter);
        if (!string.IsNullOrEmpty(write.Config.DurableName) && write.Config.DurableName != write.Name)
            throw Errors.DurableNameNotMatchSubject();
        return Write(request, write with { Config = write.Config with { Name = write.Name } }, isDurable: true);
    }

    private static JsonObject CreateDurable(ApiRequest request)
    {
        ConsumerWrite write = ConsumerWrite.Read(request, request.Tokens[5], request.Tokens[6], "");
        if (string.IsNullOrEmpty(write.Config.DurableName))
            throw Errors.DurableNameNotSet();
        if (write.Config.DurableName != write.Name)
            throw Errors.DurableNameNotMatchSubject();
        return Write(request, request.Version.HasActions ? write with { Config = write.Config with { Name = write.Name } } : write, isDurable: true);
    }

    private static JsonObject Write(ApiRequest request, ConsumerWrite write, bool isDurable)
    {
        if (!isDurable && !string.IsNullOrEmpty(write.Config.DurableName))
            throw Errors.EphemeralWithDurableName();
        if (write.Filter.Length > 0 && write.Config.FilterSubjects is { Count: > 0 })
            throw Errors.MultipleFiltersNotAllowed();
        if (write.Filter.Length > 0 && write.Filter != write.Config.FilterSubject)
            throw Errors.FilterSubjectMismatch();
        if (write.Config.NumReplicas > 1)
            throw Errors.ReplicasNotSupported();
        if (!request.Server.Streams.TryGetValue(write.Stream, out ServerStream? stream))
            throw Errors.StreamNotFound();
        return ConsumerInfo.Describe(ConsumerWriter.Apply(stream, write));
    }

    private static JsonObject Delete(ApiRequest request)
    {
        if (!request.IsEmpty)
            throw Errors.NotEmptyRequest();
        request.Consumer(4).Delete();
        return new JsonObject { ["success"] = true };
    }

    private static JsonObject Pause(ApiRequest request)
    {
        string? until = request.Value<string>(request.BodyOrEmpty(), "pause_until");
        ServerConsumer consumer = request.Consumer(4);
        if (until is not null && !Go.TryParseTime(until, out _))
            throw Errors.InvalidJson($"parsing time \"{until}\"");
        bool isReset = until is null or "0001-01-01T00:00:00Z";
        ConsumerConfig config = consumer.Config with { PauseUntil = isReset ? null : until };
        consumer.Update(config with { Metadata = ConsumerWriter.MetadataOf(config, request.Version) });
        var answer = new JsonObject { ["paused"] = consumer.IsPaused, ["pause_until"] = isReset ? "0001-01-01T00:00:00Z" : MessageBroker.FormatTime(consumer.PauseUntil) };
        if (consumer.IsPaused)
            answer["pause_remaining"] = consumer.PauseUntil - request.Server.Broker.Now;
        return answer;
    }

    private static JsonObject Names(ApiRequest request) =>
        Paging.Page(request, request.BodyOrEmpty(), request.Stream(4).Consumers.Keys, Paging.Names, "consumers", name => JsonValue.Create(name));

    private static JsonObject List(ApiRequest request) =>
        Paging.Page(request, request.BodyOrEmpty(), request.Stream(4).Consumers.Values, Paging.Details, "consumers", ConsumerInfo.DescribeInList);
}

/// <summary>A request to create or change a consumer.</summary>
internal sealed record ConsumerWrite(string Stream, string Name, string Filter, ConsumerConfig Config, string Action)
{
    /// <exception cref="ApiError">It cannot be read, or is for another stream.</exception>
    public static ConsumerWrite Read(ApiRequest request, string stream, string name, string filter)
    {
        JsonObject body = request.Body();
        foreach ((string field, _) in body)
        {
            if (request.Version.IsStrict && field is not ("stream_name" or "config" or "action" or "pedantic"))
                throw Errors.InvalidJson($"json: unknown field \"{field}\"");
        }

        string action = request.Version.HasActions ? request.Value<string>(body, "action") ?? "" : "";
        if (action is not ("" or "create" or "update"))
            throw Errors.InvalidJson($"unknown consumer action: \"{action}\"");
        if (body["config"] is not JsonObject stated)
            stated = [];
        ConsumerConfig config = Configs.Read((JsonObject)stated.DeepClone(), ApiJson.Default.ConsumerConfig, request.Version.UnknownConsumerFields, request.Version);
        if (request.Value<string>(body, "stream_name") != stream)
            throw Errors.StreamMismatch();
        if (name.AsSpan().ContainsAny('\\', '/'))
            throw Errors.ConsumerNameContainsPathSeparators();
        return new ConsumerWrite(stream, name, filter, config, action);
    }
}
