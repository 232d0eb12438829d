using System.Text;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Differential;

/// <summary>Plays a timed scenario on a server, and notes when each delivery comes.</summary>
internal sealed class TimedActor(WireClient client, TimedScenario scenario, TimeSpan beat) : INatsMessageSink
{
    private readonly string _name = WireClient.NewName("T");
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, TimeSpan> _deliveries = new(StringComparer.Ordinal);
    private TimeSpan _start;

    /// <returns>When each delivery came, in beats, and how everything stands in the end.</returns>
    public async Task<(IReadOnlyDictionary<string, double> Deliveries, string End)> PlayAsync()
    {
        var stream = new WireStream(client, _name);
        JsonObject config = JsonNode.Parse(scenario.StreamConfig(beat))!.AsObject();
        config["name"] = _name;
        config["subjects"] = new JsonArray($"{_name}.>");
        config["storage"] = "memory";
        await client.DoAsync($"STREAM.CREATE.{_name}", config.ToJsonString());
        WireConsumer consumer = await stream.ConsumerAsync(scenario.ConsumerConfig(beat));
        string inbox = client.Connection.NewInbox();
        await using INatsSubscription subscription = await client.Connection.SubscribeAsync(inbox, this);
        await client.PublishAsync($"$JS.API.CONSUMER.MSG.NEXT.{_name}.{consumer.Name}", """{"batch":500,"expires":3600000000000}""", replyTo: inbox);
        await client.FlushAsync();
        _start = client.Target.Now;
        for (int i = 0; i < TimedScenario.Beats; i++)
        {
            for (int n = scenario.Published(i); n > 0; n--)
                await stream.TryPublishAsync("a");
            await WaitForAsync(i + 1);
        }

        await WaitForAsync(TimedScenario.Beats + 0.1); // what is late by five fifths meets a beat
        string end = await EndAsync(stream, consumer);
        await client.AskAsync($"STREAM.DELETE.{_name}");
        lock (_gate)
            return (_deliveries.ToDictionary(delivery => delivery.Key, delivery => delivery.Value / beat), end);
    }

    public ValueTask OnMessageAsync(in ReceivedMessage message)
    {
        if (message.ReplyTo.IsEmpty)
            return ValueTask.CompletedTask;
        var received = new Received(message.ToMessage(), client.Target.Now);
        lock (_gate)
            _deliveries[$"message {received.Sequence} delivery {received.Delivered}"] = received.At - _start;
        string answer = scenario.Answer(received.Sequence, received.Delivered, beat);
        return answer.Length > 0 ? client.Connection.PublishAsync(received.ReplyTo, Encoding.UTF8.GetBytes(answer)) : ValueTask.CompletedTask;
    }

    public void OnClosed(Exception? reason)
    {
    }

    private async Task WaitForAsync(double beats)
    {
        TimeSpan left = (_start + (beats * beat)) - client.Target.Now;
        if (left > TimeSpan.Zero)
            await client.Target.WaitAsync(() => false, left);
    }

    private static async Task<string> EndAsync(WireStream stream, WireConsumer consumer)
    {
        JsonNode state = (await stream.InfoAsync())["state"]!;
        JsonObject info = await consumer.InfoAsync();
        return $"messages {state["messages"]}, last {state["last_seq"]}, pending {info["num_pending"]}, ack pending {info["num_ack_pending"]}";
    }
}
