using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;

namespace Nats.Consumer.Conformance.Wire;

/// <summary>A client that says and hears what goes over the wire, and nothing else.</summary>
public sealed class WireClient(Target target) : IAsyncDisposable
{
    // Hundreds of tests share a server, and it may stand still for seconds while a slow disk writes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static int _lastName;

    public Target Target => target;

    public INatsConnection Connection { get; } = target.CreateConnection();

    public async Task ConnectAsync() => await Connection.ConnectAsync();

    public async Task<WireClient> AnotherAsync()
    {
        var another = new WireClient(target);
        await another.ConnectAsync();
        return another;
    }

    public static string NewName(string prefix = "S") => $"{prefix}{Interlocked.Increment(ref _lastName)}";

    /// <param name="subject">Where to.</param>
    /// <param name="payload">What.</param>
    /// <param name="headers">With what headers.</param>
    /// <param name="timeout">How long to wait, by the server's clock; <see langword="null"/> for what is answered at once, and then no time of the server's passes however slow this machine is.</param>
    public Task<NatsReply> RequestAsync(string subject, string payload = "", NatsHeaders? headers = null, TimeSpan? timeout = null)
    {
        Task<NatsReply> reply = Connection.RequestAsync(subject, Encoding.UTF8.GetBytes(payload), timeout ?? Patience, headers).AsTask();
        return timeout is { } limit ? target.WaitAsync(reply, limit * 2) : reply.WaitAsync(Patience * 2);
    }

    /// <summary>Asks the JetStream API.</summary>
    public async Task<JsonObject> AskAsync(string verb, string body = "")
    {
        NatsReply reply = await RequestAsync($"$JS.API.{verb}", body);
        return JsonNode.Parse(reply.Message.Payload.Span)!.AsObject();
    }

    /// <summary>Asks the JetStream API for something that it does.</summary>
    public async Task<JsonObject> DoAsync(string verb, string body = "")
    {
        JsonObject answer = await AskAsync(verb, body);
        answer["error"].ShouldBeNull($"{verb} {body}");
        return answer;
    }

    /// <summary>Asks the JetStream API for something that it refuses.</summary>
    public async Task<ApiRefusal> RefusedAsync(string verb, string body = "") => ApiRefusal.From(await AskAsync(verb, body), $"{verb} {body}");

    public async Task PublishAsync(string subject, string payload = "", NatsHeaders? headers = null, string? replyTo = null) =>
        await Connection.PublishAsync(subject, Encoding.UTF8.GetBytes(payload), headers, replyTo);

    public async Task FlushAsync() => await target.WaitAsync(FlushedAsync(), Patience);

    public async Task<Inbox> SubscribeAsync(string? subject = null, string? group = null)
    {
        var inbox = new Inbox(target, subject ?? Connection.NewInbox());
        inbox.Subscription = await Connection.SubscribeAsync(inbox.Subject, inbox, group);
        await FlushAsync();
        return inbox;
    }

    public async Task<WireStream> NewStreamAsync(string config = "{}")
    {
        string name = NewName();
        JsonObject body = JsonNode.Parse(config)!.AsObject();
        body["name"] = name;
        body["subjects"] ??= new JsonArray($"{name}.>");
        body["storage"] ??= "memory";
        await DoAsync($"STREAM.CREATE.{name}", body.ToJsonString());
        return new WireStream(this, name);
    }

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync();

    public static string Json(JsonObject json) => json.ToJsonString(new JsonSerializerOptions());

    private async Task<bool> FlushedAsync()
    {
        await Connection.FlushAsync();
        return true;
    }
}

/// <summary>An error of the API.</summary>
public sealed record ApiRefusal(int Code, int ErrorCode, string Description)
{
    public static ApiRefusal From(JsonObject answer, string what)
    {
        JsonNode error = answer["error"].ShouldNotBeNull($"{what} was not refused: {answer.ToJsonString()}");
        return new ApiRefusal((int)error["code"]!, (int)error["err_code"]!, (string)error["description"]!);
    }
}
