using System.Text.Json.Nodes;

namespace Nats.Consumer.Conformance.Wire;

/// <summary>A consumer of a case.</summary>
public sealed class WireConsumer(WireStream stream, string name)
{
    private WireClient Client => stream.Client;

    public string Name => name;

    public Task<JsonObject> InfoAsync() => Client.DoAsync($"CONSUMER.INFO.{stream.Name}.{name}");

    public Task DeleteAsync() => Client.DoAsync($"CONSUMER.DELETE.{stream.Name}.{name}");

    /// <summary>Asks for messages; times in seconds.</summary>
    public async Task<Inbox> PullAsync(int batch = 1, double expires = 30, string more = "", Inbox? into = null)
    {
        Inbox inbox = into ?? await Client.SubscribeAsync();
        long nanoseconds = (long)(expires * 1e9);
        await RequestAsync($$"""{"batch":{{batch}}{{(expires > 0 ? $",\"expires\":{nanoseconds}" : "")}}{{(more.Length > 0 ? $",{more}" : "")}}}""", inbox);
        return inbox;
    }

    public Task RequestAsync(string body, Inbox inbox) =>
        Client.PublishAsync($"$JS.API.CONSUMER.MSG.NEXT.{stream.Name}.{name}", body, replyTo: inbox.Subject);

    /// <summary>Asks for one message and waits for it.</summary>
    public async Task<Received> NextAsync(double seconds = 5)
    {
        await using Inbox inbox = await PullAsync(1, seconds);
        Received next = await inbox.NextAsync(seconds);
        next.IsStatus.ShouldBeFalse(next.Status);
        return next;
    }

    /// <summary>What there is to be had at once.</summary>
    public async Task<IReadOnlyList<Received>> FetchAsync(int batch = 100)
    {
        await using Inbox inbox = await PullAsync(batch, 0, "\"no_wait\":true");
        var all = new List<Received>();
        // 2.9 does not say that it has no more when it had something.
        while (all.Count < batch && await inbox.TryNextAsync(0.3) is { } next && !next.IsStatus)
            all.Add(next);
        return all;
    }

    /// <summary>What there is to be had at once, as payload and delivery count.</summary>
    public async Task<string[]> TextsAsync(int batch = 100) => [.. (await FetchAsync(batch)).Select(message => message.ToString())];

    public Task SettleAsync(Received message, string settlement = "+ACK") => Client.PublishAsync(message.ReplyTo, settlement);

    /// <summary>Settles, and waits until the server has done it.</summary>
    public async Task ConfirmAsync(Received message, string settlement = "+ACK") => (await Client.RequestAsync(message.ReplyTo, settlement)).IsOk.ShouldBeTrue();

    public async Task<long> NumberAsync(string field) => (long)(await InfoAsync())[field]!;

    public async Task<(ulong Consumer, ulong Stream)> PositionAsync(string field)
    {
        JsonNode position = (await InfoAsync())[field]!;
        return ((ulong)position["consumer_seq"]!, (ulong)position["stream_seq"]!);
    }

    /// <summary>Waits until a number of the consumer has a value.</summary>
    public async Task ShouldHaveAsync(string field, long value)
    {
        long actual = -1;
        for (int i = 0; i < 100 && (actual = await NumberAsync(field)) != value; i++)
            await Client.Target.WaitAsync(() => false, TimeSpan.FromMilliseconds(20));
        actual.ShouldBe(value, field);
    }
}
