using System.Globalization;
using System.Text;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Api;

/// <summary><c>$JS.API.DIRECT.GET</c>: a message as it is, with its place in headers, for streams that allow it.</summary>
internal static class DirectGet
{
    public static void Answer(ServerStream stream, Server server, ref Routed routed)
    {
        if (routed.ReplyTo.IsEmpty)
            return;
        var request = new ApiRequest(server, routed.Target, routed.Payload);
        string? status = TryFind(request, stream, out StoredMessage? message);
        if (status is not null)
        {
            server.Broker.Send(routed.ReplyTo, Encoding.UTF8.GetBytes($"NATS/1.0 {status}\r\n\r\n"), default);
            return;
        }

        byte[] headers = RawHeaders.With(
            message!.Headers,
            ("Nats-Stream", stream.Name),
            ("Nats-Subject", message.Subject.Text),
            ("Nats-Sequence", message.Sequence.ToString(CultureInfo.InvariantCulture)),
            ("Nats-Time-Stamp", MessageBroker.FormatTime(message.Time)));
        server.Broker.Send(routed.ReplyTo, headers, message.Payload);
    }

    /// <returns>The status when there is no message.</returns>
    private static string? TryFind(ApiRequest request, ServerStream stream, out StoredMessage? message)
    {
        const int StreamToken = 4;
        message = null;
        try
        {
            MessageQuery query = request.Tokens.Length > StreamToken + 1
                ? MessageQuery.LastOf(string.Join('.', request.Tokens.Skip(StreamToken + 1)))
                : request.IsEmpty ? throw Errors.BadRequest() : MessageQuery.Read(request, request.Body());
            message = query.Find(stream.Messages);
            return message is null ? "404 Message Not Found" : null;
        }
        catch (ApiError e)
        {
            bool isJson = e.Message.StartsWith("invalid JSON", StringComparison.Ordinal);
            return isJson ? "408 Malformed Request" : "408 Empty Request";
        }
    }
}
