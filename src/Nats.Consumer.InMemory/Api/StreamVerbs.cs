using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Api;

/// <summary>Creating, changing, reading, purging, listing and deleting streams.</summary>
internal static class StreamVerbs
{
    public static readonly ApiVerb[] All =
    [
        new("STREAM.CREATE.*", "stream_create_response", Create),
        new("STREAM.UPDATE.*", "stream_update_response", Update),
        new("STREAM.INFO.*", "stream_info_response", Info),
        new("STREAM.DELETE.*", "stream_delete_response", Delete),
        new("STREAM.PURGE.*", "stream_purge_response", Purge),
        new("STREAM.NAMES", "stream_names_response", Names),
        new("STREAM.LIST", "stream_list_response", List),
    ];

    private static JsonObject Create(ApiRequest request)
    {
        Server server = request.Server;
        StreamConfig stated = Stated(request);
        if (stated.Name != request.Tokens[4])
            throw Errors.StreamMismatch();
        if (stated.Name.AsSpan().ContainsAny('\\', '/'))
            throw Errors.StreamNameContainsPathSeparators();
        if (stated.Sealed)
            throw Errors.StreamInvalidConfig("stream configuration for create can not be sealed");
        StreamConfig config = WithMetadata(StreamRules.Complete(stated, request.Version), request.Version);
        if (config.NumReplicas > 1)
            throw Errors.ReplicasNotSupported();
        if (server.Streams.TryGetValue(config.Name, out ServerStream? existing))
        {
            if (!IsSame(existing.Config, config))
                throw Errors.StreamNameInUse();
        }
        else
        {
            CheckOverlap(server, config, except: null);
            existing = server.AddStream(config);
        }

        JsonObject answer = StreamInfo.Describe(existing);
        answer["did_create"] = true;
        return answer;
    }

    private static JsonObject Update(ApiRequest request)
    {
        StreamConfig stated = Stated(request);
        StreamConfig complete = StreamRules.Complete(stated, request.Version);
        if (complete.Name != request.Tokens[4])
            throw Errors.StreamMismatch();
        ServerStream stream = request.Stream(4);
        StreamConfig config = StreamRules.Update(stream.Config, stated, request.Version);
        CheckOverlap(request.Server, config, except: stream);
        stream.Update(WithMetadata(config, request.Version));
        request.Server.Events.OnUpdated(stream);
        return StreamInfo.Describe(stream);
    }

    private static JsonObject Info(ApiRequest request)
    {
        JsonObject body = request.BodyOrEmpty();
        ServerStream stream = request.Stream(4);
        Pattern? filter = request.Filter(body, "subjects_filter");
        return StreamInfo.Describe(stream, request.Value<bool>(body, "deleted_details"), filter, (int)request.Value<long>(body, "offset"));
    }

    private static JsonObject Delete(ApiRequest request)
    {
        if (!request.IsEmpty)
            throw Errors.NotEmptyRequest();
        request.Server.DeleteStream(request.Stream(4));
        return new JsonObject { ["success"] = true };
    }

    private static JsonObject Purge(ApiRequest request)
    {
        JsonObject body = request.BodyOrEmpty();
        var upTo = request.Value<ulong>(body, "seq");
        var keep = request.Value<ulong>(body, "keep");
        if (upTo == 1 && request.Version.PurgesAllUpToFirst)
            upTo = 0;
        ServerStream stream = request.Stream(4);
        if (upTo > 0 && keep > 0)
            throw Errors.BadRequest();
        if (stream.Config.Sealed)
            throw Errors.StreamSealed();
        if (stream.Config.DenyPurge)
            throw Errors.StreamPurgeFailed("stream purge not permitted");
        if (request.Version.RefusesToPurgeNothing && stream.Config.Storage == Storage.Memory && upTo > 0 && upTo < stream.Messages.FirstSequence && request.Filter(body, "filter") is null)
            throw Errors.NoMessageToPurge();
        return new JsonObject { ["success"] = true, ["purged"] = stream.Purge(request.Filter(body, "filter"), upTo, keep) };
    }

    private static JsonObject Names(ApiRequest request)
    {
        JsonObject body = request.BodyOrEmpty();
        return Paging.Page(request, body, Matching(request, body), Paging.Names, "streams", stream => JsonValue.Create(stream.Name));
    }

    private static JsonObject List(ApiRequest request)
    {
        JsonObject body = request.BodyOrEmpty();
        return Paging.Page(request, body, Matching(request, body), Paging.Details, "streams", StreamInfo.DescribeInList);
    }

    private static IEnumerable<ServerStream> Matching(ApiRequest request, JsonObject body)
    {
        Pattern? filter = request.Filter(body, "subject");
        return request.Server.Streams.Values.Where(stream => filter is null || stream.Config.Subjects!.Any(subject => Pattern.TryParse(subject)!.Overlaps(filter)));
    }

    private static StreamConfig Stated(ApiRequest request) =>
        Configs.Read(request.Body(), ApiJson.Default.StreamConfig, request.Version.UnknownStreamFields, request.Version, "pedantic", "template_owner");

    private static StreamConfig WithMetadata(StreamConfig config, InMemoryServerVersion version) =>
        config with { Metadata = Assets.Stored(config.Metadata, config.AllowMsgTtl || config.SubjectDeleteMarkerTtl > 0 ? 1 : 0, version) };

    private static bool IsSame(StreamConfig one, StreamConfig other) =>
        JsonNode.DeepEquals(ApiJson.ToObject(one, ApiJson.Default.StreamConfig), ApiJson.ToObject(other, ApiJson.Default.StreamConfig));

    private static void CheckOverlap(Server server, StreamConfig config, ServerStream? except)
    {
        Pattern[] subjects = [.. config.Subjects!.Select(subject => Pattern.TryParse(subject)!)];
        if (server.Streams.Values.Any(stream => stream != except && stream.Config.Subjects!.Any(subject => subjects.Any(Pattern.TryParse(subject)!.Overlaps))))
            throw Errors.SubjectsOverlap();
    }
}
