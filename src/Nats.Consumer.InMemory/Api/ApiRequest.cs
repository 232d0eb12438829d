using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Consumers;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Api;

/// <summary>A request to the JetStream API.</summary>
internal sealed class ApiRequest
{
    private readonly byte[] _payload;

    public ApiRequest(Server server, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> payload)
    {
        Server = server;
        Tokens = Encoding.UTF8.GetString(subject).Split('.');
        _payload = payload.ToArray();
    }

    public Server Server { get; }

    /// <summary>The tokens of the subject, from <c>$JS</c> on.</summary>
    public string[] Tokens { get; }

    public InMemoryServerVersion Version => Server.Version;

    /// <summary>Whether there is nothing in it: no bytes, or an empty object or array.</summary>
    public bool IsEmpty => _payload.AsSpan().Trim(" \t\r\n"u8) is var text && (text.IsEmpty || text.SequenceEqual("{}"u8) || text.SequenceEqual("[]"u8));

    public string PayloadText => Encoding.UTF8.GetString(_payload);

    /// <exception cref="ApiError">There is no such stream.</exception>
    public ServerStream Stream(int token) => Server.Streams.TryGetValue(Tokens[token], out ServerStream? stream) ? stream : throw Errors.StreamNotFound();

    /// <exception cref="ApiError">There is no such stream or consumer.</exception>
    public ServerConsumer Consumer(int streamToken) =>
        Stream(streamToken).Consumers.TryGetValue(Tokens[streamToken + 1], out ServerConsumer? consumer) ? consumer : throw Errors.ConsumerNotFound();

    /// <summary>The body of a request.</summary>
    /// <exception cref="ApiError">It is no JSON object.</exception>
    public JsonObject Body()
    {
        try
        {
            return JsonSerializer.Deserialize(_payload, ApiJson.Default.JsonObject) ?? [];
        }
        catch (JsonException e)
        {
            throw Errors.InvalidJson(Version.ExplainsJsonErrors ? e.Message : null);
        }
    }

    /// <summary>The body of a request that may have none.</summary>
    public JsonObject BodyOrEmpty() => _payload.AsSpan().Trim(" \t\r\n"u8) is [(byte)'{', ..] ? Body() : [];

    /// <summary>A value of a body.</summary>
    /// <exception cref="ApiError">It is of another kind.</exception>
    public T? Value<T>(JsonObject body, string name)
    {
        try
        {
            return body[name] is { } value ? value.GetValue<T>() : default;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw Errors.InvalidJson(Version.ExplainsJsonErrors ? e.Message : null);
        }
    }

    /// <summary>A subject or pattern of a body; <see langword="null"/> for none.</summary>
    public Pattern? Filter(JsonObject body, string name) => Value<string>(body, name) is { Length: > 0 } text ? Pattern.TryParse(text) ?? throw Errors.BadRequest() : null;
}
