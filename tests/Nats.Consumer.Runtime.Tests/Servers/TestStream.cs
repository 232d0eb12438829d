using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Tests.Servers;

/// <summary>A stream of a test, and what stands in it.</summary>
internal sealed class TestStream(TestServer server, string name) : IAsyncDisposable
{
    public string Name => name;

    public string DeadLetters => $"{name}-dead-letters";

    public ConsumerSetup Setup(Action<ConsumerSetup>? configure = null)
    {
        var setup = new ConsumerSetup { Stream = name };
        configure?.Invoke(setup);
        return setup;
    }

    /// <summary>A running worker on this stream.</summary>
    public Task<Worker> WorkAsync(
        Action<ConsumerSetup>? configure = null, Script? script = null, Action<NatsConsumersBuilder>? nats = null, Action<IServiceCollection>? services = null) =>
        new Worker(server.Url, Setup(configure), script, nats, services).StartAsync();

    public async Task<ulong> PublishAsync(string subject, string payload = "{}", NatsHeaders? headers = null) =>
        (await server.Publisher.PublishAsync(subject, Encoding.UTF8.GetBytes(payload), headers, CancellationToken.None)).Sequence;

    /// <summary>Publishes <c>work.0</c> and so on, in order.</summary>
    public Task PublishManyAsync(int count, int from = 0, string payload = "{}") =>
        Task.WhenAll(Enumerable.Range(from, count).Select(i => PublishAsync($"work.{i.ToString(CultureInfo.InvariantCulture)}", payload)));

    /// <summary>Takes the next delivery of the durable, past all workers, and leaves it unsettled.</summary>
    public async Task<NatsMessage> TakeAsync(string durable = "worker")
    {
        var sink = new OneMessage();
        string inbox = server.Connection.NewInbox();
        await using INatsSubscription subscription = await server.Connection.SubscribeAsync(inbox, sink);
        await server.Connection.PublishAsync($"$JS.API.CONSUMER.MSG.NEXT.{name}.{durable}", "{\"batch\":1,\"expires\":5000000000}"u8, replyTo: inbox);
        return await sink.Message.WaitAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>Takes the next delivery of the durable and gives it back at once.</summary>
    public async Task TakeAndNakAsync(string durable = "worker")
    {
        NatsMessage message = await TakeAsync(durable);
        await server.Connection.PublishAsync(message.ReplyTo!, "-NAK"u8);
        await server.Connection.FlushAsync();
    }

    /// <summary>The subjects of what stands in it, each once, in order.</summary>
    public async Task<IReadOnlyList<string>> SubjectsAsync()
    {
        JsonObject info = await server.AskAsync($"STREAM.INFO.{name}", new JsonObject { ["subjects_filter"] = ">" });
        var subjects = (JsonObject)info["state"]!["subjects"]!;
        subjects.ShouldAllBe(subject => (int)subject.Value! == 1);
        return [.. subjects.Select(subject => subject.Key).Order(StringComparer.Ordinal)];
    }

    public async Task<StreamDescription> InfoAsync() => (await server.Api.GetStreamAsync(name, CancellationToken.None))!;

    public async Task<ConsumerDescription> ConsumerAsync(string durable = "worker") => (await server.Api.GetConsumerAsync(name, durable, CancellationToken.None))!;

    public async Task<long> DeadLetterCountAsync() => (await server.Api.GetStreamAsync(DeadLetters, CancellationToken.None))?.Messages ?? -1;

    /// <summary>A dead letter: its subject, headers and payload.</summary>
    public async Task<(string Subject, NatsHeaders Headers, string Payload)> DeadLetterAsync(ulong sequence = 1)
    {
        var message = (JsonObject)(await server.AskAsync($"STREAM.MSG.GET.{DeadLetters}", new JsonObject { ["seq"] = sequence }))["message"]!;
        byte[] Bytes(string field) => Convert.FromBase64String((string?)message[field] ?? "");
        return ((string)message["subject"]!, NatsHeaders.Parse(Bytes("hdrs")), Encoding.UTF8.GetString(Bytes("data")));
    }

    /// <summary>The messages of this stream of which there are dead letters, as often as they are there.</summary>
    public async Task<IReadOnlyList<ulong>> DeadLetterSequencesAsync()
    {
        var sequences = new List<ulong>();
        await foreach (DeadLetter letter in server.JetStream.DeadLettersOf(name).ListAsync())
            sequences.Add(letter.StreamSequence);
        return sequences;
    }

    /// <summary>The message id that a dead letter of a message of this stream gets.</summary>
    public async Task<string> DeadLetterIdAsync(ulong sequence = 1, string durable = "worker")
    {
        var message = (JsonObject)(await server.AskAsync($"STREAM.MSG.GET.{name}", new JsonObject { ["seq"] = sequence }))["message"]!;
        string time = (string)message["time"]!; // to the nanosecond, which DateTimeOffset does not hold
        long seconds = DateTimeOffset.Parse($"{time[..19]}Z", CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        string fraction = time.Length > 20 ? time[20..^1].PadRight(9, '0') : "000000000";
        return $"dead-letter:{name}:{durable}:{sequence}:{seconds}{fraction}";
    }

    /// <summary>Waits until everything is settled: nothing to come and nothing unsettled.</summary>
    public Task SettledAsync(string durable = "worker", double seconds = 10)
    {
        string last = "";
        return Until.TrueAsync(
            async () =>
            {
                ConsumerDescription consumer = await ConsumerAsync(durable);
                last = $"{consumer.Pending} to come, {consumer.AckPending} unsettled, ack floor {consumer.AckFloor}";
                return consumer.Pending == 0 && consumer.AckPending == 0;
            },
            () => $"all settled; {last}",
            seconds);
    }

    public async ValueTask DisposeAsync()
    {
        if (!server.Process.IsRunning)
            return;
        await DeleteAsync(() => server.Api.DeleteStreamAsync(name, CancellationToken.None));
        await DeleteAsync(() => server.Api.DeleteStreamAsync(DeadLetters, CancellationToken.None));
    }

    public async Task<IReadOnlyList<string>> ConsumerNamesAsync() =>
        [.. ((await server.AskAsync($"CONSUMER.NAMES.{name}"))["consumers"] as JsonArray ?? []).Select(consumer => (string)consumer!)];

    public Task DeleteConsumerAsync(string consumer = "worker") => DeleteAsync(() => server.Api.DeleteConsumerAsync(name, consumer, CancellationToken.None));

    // nats-server 2.9 may find a file in the folder that it has just emptied ("directory not empty"); what it deletes is gone all the same.
    private static async Task DeleteAsync(Func<Task> delete)
    {
        try
        {
            await delete();
        }
        catch (JetStreamApiException e) when (e.Code == 500)
        {
        }
    }

    private sealed class OneMessage : INatsMessageSink
    {
        private readonly TaskCompletionSource<NatsMessage> _message = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<NatsMessage> Message => _message.Task;

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            _message.TrySetResult(message.ToMessage());
            return ValueTask.CompletedTask;
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
