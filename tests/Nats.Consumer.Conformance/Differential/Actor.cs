using System.Globalization;
using System.Text.Json.Nodes;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Differential;

/// <summary>Plays a scenario on a server, and tells what it sees.</summary>
internal sealed class Actor(WireClient client, string name)
{
    private readonly List<Received>[] _deliveries = [.. Enumerable.Range(0, Scenario.Consumers).Select(_ => new List<Received>())];
    private readonly WireStream _stream = new(client, name);

    public async Task CreateStreamAsync(string config)
    {
        JsonObject body = JsonNode.Parse(config)!.AsObject();
        body["name"] = name;
        body["subjects"] = new JsonArray($"{name}.>");
        body["storage"] ??= "memory";
        // A server that is asked for many files at a time fails to make some (10049).
        for (int i = 0; i < 20 && (await client.AskAsync($"STREAM.CREATE.{name}", body.ToJsonString()))["error"] is not null; i++)
            await Task.Delay(100);
        await _stream.InfoAsync();
    }

    public Task DeleteStreamAsync() => client.AskAsync($"STREAM.DELETE.{name}");

    /// <summary>Does a step.</summary>
    /// <returns>What came of it.</returns>
    public Task<string> DoAsync(Step step) => step switch
    {
        Step.Publish publish => PublishAsync(publish),
        Step.Fetch fetch => FetchAsync(fetch),
        Step.Settle settle => SettleAsync(settle),
        Step.DeleteMessage delete => AskAsync($"STREAM.MSG.DELETE.{name}", $"{{\"seq\":{delete.Sequence}}}"),
        Step.Purge purge => AskAsync($"STREAM.PURGE.{name}", purge.Body, "purged"),
        Step.WriteConsumer write => AskAsync($"CONSUMER.DURABLE.CREATE.{name}.c{write.Consumer}", _stream.Body(write.Config, $"c{write.Consumer}")),
        Step.DeleteConsumer delete => AskAsync($"CONSUMER.DELETE.{name}.c{delete.Consumer}"),
        Step.UpdateStream update => UpdateAsync(update),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>How everything stands.</summary>
    public async Task<string> StateAsync()
    {
        JsonNode state = (await _stream.InfoAsync())["state"]!;
        if (client.Target.IsOld)
            state["num_subjects"] = null; // 2.9 forgets to count what a purge by sequence takes from memory
        if (state["last_seq"]!.ToString() == "0")
            state["first_seq"] = null; // 0 or 1: where nothing ever was it says nothing, and depends on which consumers have been there
        string text = $"stream {Fields(state, "messages", "bytes", "first_seq", "last_seq", "num_subjects", "num_deleted", "consumer_count")}";
        for (int i = 0; i < Scenario.Consumers; i++)
        {
            JsonObject info = await client.AskAsync($"CONSUMER.INFO.{name}.c{i}");
            text += info["error"] is null
                ? $"\nc{i} {Fields(info, "num_pending", "num_ack_pending", "num_redelivered", "num_waiting")} delivered {info["delivered"]!["consumer_seq"]} floor {info["ack_floor"]!["consumer_seq"]}"
                : $"\nc{i} none";
        }

        return text;
    }

    private static string Fields(JsonNode json, params string[] fields) => string.Join(' ', fields.Select(field => $"{field}={json[field] ?? "0"}"));

    private async Task<string> PublishAsync(Step.Publish publish)
    {
        JsonObject answer = publish.Id is { } id ? await _stream.TryPublishAsync(publish.Subject, "x", ("Nats-Msg-Id", id)) : await _stream.TryPublishAsync(publish.Subject, "x");
        return answer["error"] is { } error ? $"error {error["err_code"]} {error["description"]}" : $"stored {answer["seq"]} {answer["duplicate"]}";
    }

    private async Task<string> FetchAsync(Step.Fetch fetch)
    {
        if ((await client.AskAsync($"CONSUMER.INFO.{name}.c{fetch.Consumer}"))["error"] is not null)
            return "no consumer";
        var consumer = new WireConsumer(_stream, $"c{fetch.Consumer}");
        await using Inbox inbox = await consumer.PullAsync(fetch.Batch, 0, "\"no_wait\":true");
        var seen = new List<string>();
        while (seen.Count < fetch.Batch && await inbox.TryNextAsync(0.4) is { } next)
        {
            if (next.IsStatus)
            {
                seen.Add(next.Status);
                break;
            }

            _deliveries[fetch.Consumer].Add(next);
            seen.Add(string.Create(CultureInfo.InvariantCulture, $"{next.Subject[name.Length..]} s{next.Sequence} c{next.ConsumerSequence} d{next.Delivered} p{next.Pending}"));
        }

        return string.Join(", ", seen);
    }

    private async Task<string> SettleAsync(Step.Settle settle)
    {
        List<Received> deliveries = _deliveries[settle.Consumer];
        if (settle.Back >= deliveries.Count)
            return "nothing to settle";
        Client.NatsReply reply = await client.RequestAsync(deliveries[^(settle.Back + 1)].ReplyTo, settle.Payload, timeout: TimeSpan.FromSeconds(0.25));
        return reply.Status.ToString();
    }

    private async Task<string> UpdateAsync(Step.UpdateStream update)
    {
        JsonObject config = (await _stream.InfoAsync())["config"]!.DeepClone().AsObject();
        foreach ((string field, JsonNode? value) in JsonNode.Parse($"{{{update.Change}}}")!.AsObject())
            config[field] = value?.DeepClone();
        return await AskAsync($"STREAM.UPDATE.{name}", config.ToJsonString());
    }

    private async Task<string> AskAsync(string verb, string body = "", string? field = null)
    {
        JsonObject answer = await client.AskAsync(verb, body.Replace("~", name, StringComparison.Ordinal));
        if (answer["error"] is { } error)
            return $"error {error["code"]} {error["err_code"]} {error["description"]}";
        return field is null ? "done" : $"{field} {answer[field]}";
    }
}
