using System.Text;
using BenchmarkDotNet.Attributes;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory;

namespace Nats.Consumer.Benchmarks;

/// <summary>The in-memory server: delivers 20,000 messages of 128 B to a pull consumer with explicit acks, in windows, and takes an ack for each. What goes over the wire, on <see cref="INatsConnection"/>.</summary>
public class InMemoryBenchmarks : INatsMessageSink
{
    private const int Messages = 20_000;
    private static readonly byte[] Pull = Encoding.UTF8.GetBytes("""{"batch":1000,"expires":60000000000}""");
    private InMemoryJetStream _server = null!;
    private INatsConnection _connection = null!;
    private string _inbox = "";
    private string _pull = "";
    private int _left;
    private int _inWindow;
    private TaskCompletionSource _done = new();

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _server = new InMemoryJetStream();
        _connection = await _server.ConnectAsync();
        await AskAsync("STREAM.CREATE.S", """{"name":"S","subjects":["s.>"],"storage":"memory"}""");
        byte[] payload = new byte[128];
        for (int i = 0; i < Messages; i++)
            await _connection.PublishAsync("s.a", payload);
        _inbox = _connection.NewInbox();
        await _connection.SubscribeAsync(_inbox, this);
    }

    [GlobalCleanup]
    public void Cleanup() => _server.Dispose();

    [IterationSetup]
    public void NewConsumer()
    {
        string name = $"c{Guid.NewGuid():n}";
        AskAsync($"CONSUMER.DURABLE.CREATE.S.{name}", $$"""{ "stream_name": "S", "config": { "durable_name": "{{name}}", "ack_policy": "explicit", "max_ack_pending": 5000 } }""").GetAwaiter().GetResult();
        _pull = $"$JS.API.CONSUMER.MSG.NEXT.S.{name}";
        (_left, _inWindow, _done) = (Messages, 0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task DeliverAndAck()
    {
        await AskForWindowAsync();
        await _done.Task;
    }

    public ValueTask OnMessageAsync(in ReceivedMessage message)
    {
        if (message.ReplyTo.IsEmpty)
            return ValueTask.CompletedTask;
        var ack = new OutgoingMessage { Subject = message.ReplyTo, Payload = "+ACK"u8 };
        ValueTask sent = _connection.PublishAsync(ack);
        if (--_left == 0)
            _done.SetResult();
        return --_inWindow == 500 && _left > 500 ? AskForWindowAsync() : sent;
    }

    public void OnClosed(Exception? reason)
    {
    }

    private ValueTask AskForWindowAsync()
    {
        _inWindow += 1000;
        return _connection.PublishAsync(_pull, Pull, replyTo: _inbox);
    }

    private async Task AskAsync(string verb, string body)
    {
        NatsReply reply = await _connection.RequestAsync($"$JS.API.{verb}", Encoding.UTF8.GetBytes(body), TimeSpan.FromSeconds(5));
        if (Encoding.UTF8.GetString(reply.Message.Payload.Span) is var answer && answer.Contains("\"error\"", StringComparison.Ordinal))
            throw new InvalidOperationException(answer);
    }
}
