using System.Text;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>The conditions under which messages are asked for.</summary>
internal sealed class PullTerms
{
    private readonly byte[] _subject;
    private readonly byte[] _rest;

    /// <param name="stream">The stream.</param>
    /// <param name="consumer">The consumer.</param>
    /// <param name="expires">How long the request stands; zero to take what is there and wait for nothing.</param>
    /// <param name="heartbeat">How often the server says that the request stands; zero for never. The server takes half of the time that the request stands at the most.</param>
    /// <param name="group">The priority group.</param>
    public PullTerms(string stream, string consumer, TimeSpan expires, TimeSpan heartbeat, PullGroup? group)
    {
        (Expires, Heartbeat) = (expires, heartbeat);
        _subject = Encoding.UTF8.GetBytes(PullCommand.SubjectOf(stream, consumer));
        var json = new JsonObject();
        if (expires == TimeSpan.Zero)
            json["no_wait"] = true;
        else
            json["expires"] = expires.ToNanoseconds();
        if (heartbeat > TimeSpan.Zero)
            json["idle_heartbeat"] = heartbeat.ToNanoseconds();
        if (group is not null)
        {
            json["group"] = group.Name;
            Set(json, "min_pending", group.MinPending);
            Set(json, "min_ack_pending", group.MinAckPending);
            Set(json, "priority", group.Priority);
        }

        _rest = Encoding.UTF8.GetBytes($",{json.ToJsonString()[1..]}");
    }

    public TimeSpan Expires { get; }

    public TimeSpan Heartbeat { get; }

    /// <summary>Asks for messages. A request belongs to one connection: it is not sent on another one.</summary>
    public ValueTask SendAsync(INatsConnection connection, ReadOnlySpan<byte> inbox, PullRequest wanted)
    {
        const int Longest = 64;
        Span<byte> body = stackalloc byte[Longest + _rest.Length];
        int length;
        if (wanted.Bytes > 0)
            System.Text.Unicode.Utf8.TryWrite(body, $$"""{"batch":{{wanted.Batch}},"max_bytes":{{wanted.Bytes}}""", out length);
        else
            System.Text.Unicode.Utf8.TryWrite(body, $$"""{"batch":{{wanted.Batch}}""", out length);
        _rest.CopyTo(body[length..]);
        return connection.PublishAsync(new OutgoingMessage { Subject = _subject, ReplyTo = inbox, Payload = body[..(length + _rest.Length)], DropOnDisconnect = true });
    }

    private static void Set(JsonObject json, string field, long? value)
    {
        if (value is not null)
            json[field] = value;
    }
}
