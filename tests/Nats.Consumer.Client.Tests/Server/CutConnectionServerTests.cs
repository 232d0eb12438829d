using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Server;

/// <summary>A real server behind a network that cuts connections anywhere, also in the middle of a frame.</summary>
[Trait("Category", "Server")]
public sealed class CutConnectionServerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Connection_CutAgainAndAgain_AnswersEveryRequestAndNeverMixesFramesUp()
    {
        const int Cuts = 100;
        int seed = Environment.TickCount;
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { JetStream = false });
        await using var proxy = new CuttingProxy(server.Port, seed, mostBytes: 40_000);
        await using NatsConnection direct = await ConnectAsync(server.Url);
        await direct.SubscribeAsync("echo", new Echo(direct));
        await direct.FlushAsync();
        await using NatsConnection cut = await ConnectAsync(proxy.Url);
        var events = new ConcurrentQueue<NatsConnectionEventKind>();
        cut.Changed += change => events.Enqueue(change.Kind);
        var numbers = new Numbers();
        await cut.SubscribeAsync("numbers", numbers);

        using var stop = new CancellationTokenSource();
        Task publishing = PublishNumbersAsync(direct, stop.Token);
        Task<int>[] asking = [.. Enumerable.Range(0, 4).Select(i => AskAsync(cut, i, stop.Token))];
        await Soon.HoldsAsync(() => proxy.Cuts >= Cuts, $"{Cuts} cuts (seed {seed})", TimeSpan.FromSeconds(60));
        proxy.StopCutting();
        int received = numbers.Count;
        await Soon.HoldsAsync(() => cut.State == NatsConnectionState.Connected && numbers.Count > received + 100, "numbers come again");
        await stop.CancelAsync();
        int answered = (await Task.WhenAll(asking)).Sum();
        await publishing;

        output.WriteLine($"Seed {seed}: {proxy.Cuts} cuts, {answered} requests answered, {numbers.Count} numbers received.");
        numbers.Faults.ShouldBeEmpty("each number once, whole, and in order; what is lost with a connection is lost");
        NatsConnectionEventKind[] seen = [.. events];
        seen.Where((kind, i) => kind != (i % 2 == 0 ? NatsConnectionEventKind.Disconnected : NatsConnectionEventKind.Reconnected)).ShouldBeEmpty("each transition is told once, in turn");
        (seen.Length % 2).ShouldBe(0);
    }

    private static async Task PublishNumbersAsync(NatsConnection connection, CancellationToken stop)
    {
        for (int number = 1; !stop.IsCancellationRequested; number++)
        {
            string text = number.ToString(CultureInfo.InvariantCulture);
            await connection.PublishAsync("numbers", Encoding.ASCII.GetBytes($"{text}:{new string('x', number % 500)}"), cancellationToken: CancellationToken.None);
            if (number % 50 == 0)
                await Task.Delay(1, CancellationToken.None);
        }
    }

    // Every request is answered in the end, and with its own answer.
    private static async Task<int> AskAsync(NatsConnection connection, int worker, CancellationToken stop)
    {
        int answered = 0;
        while (!stop.IsCancellationRequested)
        {
            byte[] question = Encoding.ASCII.GetBytes($"{worker}:{answered}");
            NatsReply reply = await connection.RequestAsync("echo", question, TimeSpan.FromSeconds(5), cancellationToken: CancellationToken.None);
            if (!reply.IsOk)
                continue;
            reply.Message.Payload.ToArray().ShouldBe(question);
            answered++;
        }

        return answered;
    }

    private static async Task<NatsConnection> ConnectAsync(string url)
    {
        var connection = new NatsConnection(new NatsConnectionOptions { Url = url, MaxReconnectDelay = TimeSpan.FromMilliseconds(50) });
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await connection.ConnectAsync();
                return connection;
            }
            catch (NatsConnectException) when (attempt < 20)
            {
                // cut in the middle of the greeting
            }
        }
    }

    private sealed class Echo(NatsConnection connection) : INatsMessageSink
    {
        public ValueTask OnMessageAsync(in ReceivedMessage message) =>
            connection.PublishAsync(new OutgoingMessage { Subject = message.ReplyTo, Payload = message.Payload });

        public void OnClosed(Exception? reason)
        {
        }
    }

    private sealed class Numbers : INatsMessageSink
    {
        private int _last;
        private int _count;

        public ConcurrentQueue<string> Faults { get; } = new();

        public int Count => Volatile.Read(ref _count);

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            string text = Encoding.ASCII.GetString(message.Payload);
            string[] parts = text.Split(':');
            int number = int.Parse(parts[0], CultureInfo.InvariantCulture);
            if (number <= _last || parts[1] != new string('x', number % 500))
                Faults.Enqueue($"{number} after {_last}: {text}");
            _last = number;
            Interlocked.Increment(ref _count);
            return ValueTask.CompletedTask;
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
