using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Api;

/// <summary>Reading and deleting single messages.</summary>
internal static class MessageVerbs
{
    public static readonly ApiVerb[] All =
    [
        new("STREAM.MSG.GET.*", "stream_msg_get_response", Get),
        new("STREAM.MSG.DELETE.*", "stream_msg_delete_response", Delete),
    ];

    private static JsonObject Get(ApiRequest request)
    {
        if (request.IsEmpty)
            throw Errors.BadRequest();
        MessageQuery query = MessageQuery.Read(request, request.Body());
        StoredMessage message = query.Find(request.Stream(5).Messages) ?? throw Errors.NoMessageFound();
        var told = new JsonObject { ["subject"] = message.Subject.Text, ["seq"] = message.Sequence };
        if (message.Headers.Length > 0 && !query.WithoutHeaders)
            told["hdrs"] = Convert.ToBase64String(message.Headers);
        if (message.Payload.Length > 0)
            told["data"] = Convert.ToBase64String(message.Payload);
        told["time"] = MessageBroker.FormatTime(message.Time);
        return new JsonObject { ["message"] = told };
    }

    private static JsonObject Delete(ApiRequest request)
    {
        if (request.IsEmpty)
            throw Errors.BadRequest();
        var sequence = request.Value<ulong>(request.Body(), "seq");
        ServerStream stream = request.Stream(5);
        if (stream.Config.Sealed)
            throw Errors.StreamSealed();
        if (stream.Config.DenyDelete)
            throw Errors.MessageDeleteFailed("message delete not permitted");
        if (stream.Config.Storage == Storage.File && (sequence > stream.Messages.LastSequence || sequence < stream.Messages.FirstSequence))
            throw Errors.MessageDeleteFailed(sequence > stream.Messages.LastSequence ? "stream store EOF" : "no message found");
        if (!stream.Messages.Remove(sequence))
            throw Errors.SequenceNotFound(sequence);
        return new JsonObject { ["success"] = true };
    }
}
