using System.Text;
using System.Text.Json;
using Nats.Consumer.Client;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Analyzers.Agreement;

/// <summary>A nats-server and its word on streams and consumers.</summary>
public sealed class JetStreamServer : IAsyncLifetime
{
    private const int AtATime = 100;
    private NatsServerProcess? _process;
    private NatsConnection? _connection;

    public Version Version => _process!.Version;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(NatsServerBinary.TryFind(out _), "There is no nats-server.");
        _process = await NatsServerProcess.StartAsync();
        _connection = new NatsConnection(new NatsConnectionOptions { Url = _process.Url });
        await _connection.ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        if (_process is not null)
            await _process.DisposeAsync();
    }

    /// <returns>The error code for each stream, 0 where it was made.</returns>
    public Task<int[]> CreateStreamsAsync(IEnumerable<(string Name, string[] Subjects)> streams) =>
        AskAllAsync(streams, stream => ($"STREAM.CREATE.{stream.Name}", new { name = stream.Name, subjects = stream.Subjects, storage = "memory" }));

    /// <returns>The error code for each consumer, 0 where it was made.</returns>
    public Task<int[]> CreateConsumersAsync(string stream, IEnumerable<(string Name, string[] Filters)> consumers) =>
        AskAllAsync(consumers, consumer => ($"CONSUMER.CREATE.{stream}.{consumer.Name}", new { stream_name = stream, config = new { name = consumer.Name, ack_policy = "explicit", filter_subjects = consumer.Filters } }));

    /// <returns>For each subject, whether a stream has stored the message.</returns>
    public async Task<bool[]> PublishAsync(IEnumerable<string> subjects)
    {
        var replies = new List<NatsReply>();
        foreach (string[] batch in subjects.Chunk(AtATime))
            replies.AddRange(await Task.WhenAll(batch.Select(subject => RequestAsync(subject, "x"u8.ToArray()))));
        return [.. replies.Select(reply => reply.IsOk)];
    }

    private async Task<int[]> AskAllAsync<T>(IEnumerable<T> items, Func<T, (string Command, object Body)> command)
    {
        var codes = new List<int>();
        foreach (T[] batch in items.Chunk(AtATime))
        {
            codes.AddRange(await Task.WhenAll(batch.Select(async item =>
            {
                var (subject, body) = command(item);
                var reply = await RequestAsync($"$JS.API.{subject}", JsonSerializer.SerializeToUtf8Bytes(body));
                using var answer = JsonDocument.Parse(reply.Message.Payload);
                return answer.RootElement.TryGetProperty("error", out var error) ? error.GetProperty("err_code").GetInt32() : 0;
            })));
        }

        return [.. codes];
    }

    private Task<NatsReply> RequestAsync(string subject, byte[] payload) =>
        _connection!.RequestAsync(new OutgoingMessage { Subject = Encoding.UTF8.GetBytes(subject), Payload = payload }, TimeSpan.FromSeconds(30)).AsTask();
}
