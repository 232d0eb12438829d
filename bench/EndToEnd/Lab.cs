using System.Text;
using System.Text.Json;
using Nats.Consumer.Client;
using Nats.Consumer.EndToEnd.Raw;
using Nats.Consumer.Testing;

namespace Nats.Consumer.EndToEnd;

/// <summary>The server, its streams, and a connection to look at them with.</summary>
internal sealed class Lab : IAsyncDisposable
{
    public const int PayloadSize = 128;
    public const string Stream = "bench";
    public const string Subject = "bench.orders.created";
    public const string PublishStream = "bench-publish";
    public const string PublishSubject = "bench-publish.orders.created";

    // A receiver that falls behind for a moment shall not be cut off as a slow consumer, or the rest of the run's messages never come.
    private static readonly NatsServerOptions ServerOptions = new() { ConfigText = "max_pending: 2GB\nwrite_deadline: \"60s\"\n" };

    private readonly NatsServerProcess? _server;
    private readonly NatsConnection _connection;
    private Blaster? _blaster;
    private int _stored;
    private int _durables;

    private Lab(NatsServerProcess? server, string url, NatsConnection connection)
    {
        _server = server;
        Url = url;
        _connection = connection;
    }

    public string Url { get; }

    /// <summary>The server's process, when it was started from here.</summary>
    public int? ServerProcessId => _server?.ProcessId;

    public string ServerVersion => _connection.ServerInfo!.VersionText;

    /// <summary>JSON of exactly the size.</summary>
    public static byte[] Payload { get; } = Encoding.UTF8.GetBytes("""{"id":12345678,"customer":"Ada Lovelace","total":12.5,"note":" """[..^1].PadRight(PayloadSize - 2, 'x') + "\"}");

    public static async Task<Lab> OpenAsync(string? url, CancellationToken cancellationToken)
    {
        NatsServerProcess? server = url is null ? await NatsServerProcess.StartAsync(ServerOptions, cancellationToken) : null;
        url ??= server!.Url;
        NatsConnection connection = await ConnectAsync(url);
        return new Lab(server, url, connection);
    }

    public static async Task<NatsConnection> ConnectAsync(string url)
    {
        var connection = new NatsConnection(new NatsConnectionOptions { Url = url });
        await connection.ConnectAsync();
        return connection;
    }

    /// <summary>The stream to consume from, with the given number of messages.</summary>
    public async Task FillAsync(int count)
    {
        if (_stored == count)
            return;
        await RecreateStreamAsync(Stream);
        for (int i = 0; i < count; i++)
        {
            // An answer now and then keeps the server's queue short: what is fire and forget may be lost there.
            if (i % 500 == 499)
                _ = (await _connection.RequestAsync(Subject, Payload, TimeSpan.FromSeconds(10))).Message;
            else
                await _connection.PublishAsync(Subject, Payload);
        }

        _ = (await _connection.RequestAsync("$JS.API.INFO", default, TimeSpan.FromSeconds(10))).Message;
        long messages = (await RequestAsync($"STREAM.INFO.{Stream}", "")).GetProperty("state").GetProperty("messages").GetInt64();
        Require(messages == count, $"the stream holds {messages:N0} messages instead of {count:N0}");
        _stored = count;
    }

    /// <summary>An empty memory stream that takes <c>NAME.></c>.</summary>
    public async Task RecreateStreamAsync(string name)
    {
        await _connection.RequestAsync($"$JS.API.STREAM.DELETE.{name}", default, TimeSpan.FromSeconds(10));
        await RequestAsync($"STREAM.CREATE.{name}", $$"""{"name":"{{name}}","subjects":["{{name}}.>"],"storage":"memory"}""");
    }

    public async Task CheckStreamAsync(string name, int count)
    {
        long messages = (await RequestAsync($"STREAM.INFO.{name}", "")).GetProperty("state").GetProperty("messages").GetInt64();
        Require(messages == count, $"stream '{name}' holds {messages:N0} messages instead of {count:N0}");
    }

    public string NewDurable() => $"bench-{++_durables}";

    public async Task<string> CreateDurableAsync()
    {
        string name = NewDurable();
        await RequestAsync(
            $"CONSUMER.CREATE.{Stream}.{name}",
            $$$"""{"stream_name":"{{{Stream}}}","config":{"durable_name":"{{{name}}}","name":"{{{name}}}","ack_policy":"explicit","deliver_policy":"all","max_ack_pending":{{{MaxAckPending}}}}}""");
        return name;
    }

    public const int MaxAckPending = 20_000;

    /// <summary>Waits until the server says that all is acked, each message delivered once.</summary>
    public async Task WaitForAcksAsync(string durable, int count)
    {
        long deadline = Environment.TickCount64 + 30_000;
        while (true)
        {
            JsonElement consumer = await RequestAsync($"CONSUMER.INFO.{Stream}.{durable}", "");
            long floor = consumer.GetProperty("ack_floor").GetProperty("stream_seq").GetInt64();
            if (floor == count)
            {
                Require(consumer.GetProperty("num_ack_pending").GetInt64() == 0, "acks are pending");
                Require(consumer.GetProperty("num_redelivered").GetInt64() == 0, "messages were redelivered");
                Require(consumer.GetProperty("delivered").GetProperty("consumer_seq").GetInt64() == count, "messages were delivered more than once");
                return;
            }

            Require(Environment.TickCount64 < deadline, $"only {floor:N0} of {count:N0} messages are acked");
            await Task.Delay(2);
        }
    }

    public Task DeleteDurableAsync(string durable) => RequestAsync($"CONSUMER.DELETE.{Stream}.{durable}", "");

    /// <summary>The publisher process.</summary>
    public Blaster StartBlaster(string subject) => _blaster ??= Blaster.Start(Url, subject);

    public async ValueTask DisposeAsync()
    {
        _blaster?.Dispose();
        await _connection.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    public static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException($"Not measured: {otherwise}.");
    }

    private async Task<JsonElement> RequestAsync(string api, string body)
    {
        NatsReply reply = await _connection.RequestAsync($"$JS.API.{api}", Encoding.UTF8.GetBytes(body), TimeSpan.FromSeconds(10));
        JsonElement answer = JsonDocument.Parse(reply.Message.Payload).RootElement;
        Require(!answer.TryGetProperty("error", out JsonElement error), $"{api}: {error}");
        return answer;
    }
}
