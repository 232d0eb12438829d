using System.Text.Json.Nodes;
using Nats.Consumer.Client;

namespace Nats.Consumer.Conformance.Wire;

/// <summary>A stream of a case. Its subjects begin with its name.</summary>
public sealed class WireStream(WireClient client, string name)
{
    public WireClient Client => client;

    public string Name => name;

    public string Subject(string rest) => $"{name}.{rest}";

    /// <summary>Publishes, and returns the stream's answer.</summary>
    public async Task<JsonObject> TryPublishAsync(string rest, string payload = "", params (string Name, string Value)[] headers)
    {
        NatsHeaders? all = headers.Length == 0 ? null : [];
        foreach ((string header, string value) in headers)
            all!.Add(header, value);
        return JsonNode.Parse((await client.RequestAsync(Subject(rest), payload, all)).Message.Payload.Span)!.AsObject();
    }

    /// <summary>Publishes, and returns the sequence.</summary>
    public async Task<ulong> PublishAsync(string rest, string payload = "", params (string Name, string Value)[] headers)
    {
        JsonObject answer = await TryPublishAsync(rest, payload, headers);
        answer["error"].ShouldBeNull(answer.ToJsonString());
        return (ulong)answer["seq"]!;
    }

    /// <summary>Publishes 1, 2, 3 and so on.</summary>
    public async Task PublishManyAsync(int count, string rest = "a")
    {
        for (int i = 1; i <= count; i++)
            await PublishAsync(rest, $"{i}");
    }

    public async Task<ApiRefusal> PublishRefusedAsync(string rest, string payload = "", params (string Name, string Value)[] headers) =>
        ApiRefusal.From(await TryPublishAsync(rest, payload, headers), $"publish to {rest}");

    public Task<JsonObject> InfoAsync(string body = "") => client.DoAsync($"STREAM.INFO.{name}", body);

    public async Task<JsonNode> StateAsync() => (await InfoAsync())["state"]!;

    public async Task<long> CountAsync() => (long)(await StateAsync())["messages"]!;

    /// <summary>Waits until the stream has so many messages.</summary>
    public async Task ShouldHaveAsync(long count)
    {
        long actual = -1;
        for (int i = 0; i < 100 && (actual = await CountAsync()) != count; i++)
            await client.Target.WaitAsync(() => false, TimeSpan.FromMilliseconds(20));
        actual.ShouldBe(count);
    }

    /// <summary>Makes a durable with explicit acks, unless the configuration says otherwise. <c>~</c> in a filter stands for the stream's name.</summary>
    public async Task<WireConsumer> ConsumerAsync(string config = "{}", string durable = "c")
    {
        await client.DoAsync($"CONSUMER.DURABLE.CREATE.{name}.{durable}", Body(config, durable));
        return new WireConsumer(this, durable);
    }

    public Task<ApiRefusal> ConsumerRefusedAsync(string config, string durable = "c") => client.RefusedAsync($"CONSUMER.DURABLE.CREATE.{name}.{durable}", Body(config, durable));

    /// <summary>The body of a request for a consumer.</summary>
    public string Body(string config, string? durable = "c", string? action = null)
    {
        JsonObject json = JsonNode.Parse(config.Replace("~", name, StringComparison.Ordinal))!.AsObject();
        if (durable is not null)
            json["durable_name"] ??= durable;
        json["ack_policy"] ??= "explicit";
        var body = new JsonObject { ["stream_name"] = name, ["config"] = json };
        if (action is not null)
            body["action"] = action;
        return body.ToJsonString();
    }
}
