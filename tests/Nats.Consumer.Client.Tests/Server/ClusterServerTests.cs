using System.Collections.Concurrent;
using System.Text;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Server;

/// <summary>The node that a client is connected to goes, in each way that nodes go, while requests are under way.</summary>
[Trait("Category", "Server")]
public sealed class ClusterServerTests(ITestOutputHelper output)
{
    public enum WayToGo
    {
        Kill,
        Restart,
        LameDuck,
    }

    [Theory]
    [InlineData(WayToGo.Kill)]
    [InlineData(WayToGo.Restart)]
    [InlineData(WayToGo.LameDuck)]
    public async Task ConnectedNode_GoesUnderLoad_EveryRequestIsAnsweredAndEachEventComesOnce(WayToGo way)
    {
        await using NatsCluster cluster = await NatsCluster.StartAsync(options: new NatsServerOptions
        {
            JetStream = false,
            ConfigText = "lame_duck_duration: 30s\nlame_duck_grace_period: 1s",
        });
        await using NatsConnection responder = await ConnectAsync(cluster.Servers[2].Url);
        var sink = new Responder(responder);
        await responder.SubscribeAsync("work.*", sink);
        await responder.FlushAsync();
        await using NatsConnection requester = await ConnectAsync(cluster.Servers[0].Url);
        var events = new ConcurrentQueue<NatsConnectionEventKind>();
        var back = new TaskCompletionSource();
        bool nodeWasThere = false;
        requester.Changed += change =>
        {
            events.Enqueue(change.Kind);
            if (change.Kind != NatsConnectionEventKind.Reconnected)
                return;
            nodeWasThere = cluster.Servers[0].IsRunning;
            back.TrySetResult();
        };

        using var stop = new CancellationTokenSource();
        Task<(int Answered, int Repeated)>[] load = [.. Enumerable.Range(0, 8).Select(i => Task.Run(() => AskAsync(requester, i, stop.Token)))];
        await Soon.HoldsAsync(() => sink.Answered > 2_000, "requests are answered");
        await GoAsync(cluster.Servers[0], way);
        await back.Task.WaitAsync(TimeSpan.FromSeconds(20));
        int then = sink.Answered;
        await Soon.HoldsAsync(() => sink.Answered > then + 2_000, "requests are answered again");
        await stop.CancelAsync();
        (int Answered, int Repeated)[] results = await Task.WhenAll(load);

        output.WriteLine($"{way}: {results.Sum(r => r.Answered)} requests answered, {results.Sum(r => r.Repeated)} of them asked more than once.");
        NatsConnectionEventKind[] expected = way == WayToGo.LameDuck
            ? [NatsConnectionEventKind.LameDuck, NatsConnectionEventKind.Disconnected, NatsConnectionEventKind.Reconnected]
            : [NatsConnectionEventKind.Disconnected, NatsConnectionEventKind.Reconnected];
        events.ShouldBe(expected);
        if (way == WayToGo.LameDuck)
        {
            nodeWasThere.ShouldBeTrue("the connection moves before the server goes");
            results.Sum(r => r.Repeated).ShouldBeLessThanOrEqualTo(8, "at most what was under way at the moment of the move");
        }
    }

    [Fact]
    public async Task ConnectedNode_SeedListHasOnlyIt_MovesToADiscoveredOne()
    {
        await using NatsCluster cluster = await NatsCluster.StartAsync(options: new NatsServerOptions { JetStream = false });
        await using NatsConnection connection = await ConnectAsync(cluster.Servers[0].Url);
        string? first = connection.ServerInfo!.ServerName;

        await cluster.Servers[0].KillAsync();

        await Soon.HoldsAsync(() => connection.State == NatsConnectionState.Connected && connection.ServerInfo!.ServerName != first, "it is connected elsewhere");
    }

    [Fact]
    public async Task NodeJoinsLater_AsynchronousInfo_IsKnownWhenTheOthersGo()
    {
        await using NatsCluster cluster = await NatsCluster.StartAsync(options: new NatsServerOptions { JetStream = false });
        await cluster.Servers[1].KillAsync();
        await cluster.Servers[2].KillAsync();
        await using NatsConnection connection = await ConnectAsync(cluster.Servers[0].Url);
        await Soon.HoldsAsync(() => connection.ServerInfo!.ConnectUrls.Count == 1, "the server is alone");

        await cluster.Servers[1].StartAgainAsync();
        await Soon.HoldsAsync(() => connection.ServerInfo!.ConnectUrls.Count == 2, "the second node is known");
        await cluster.Servers[0].KillAsync();

        await Soon.HoldsAsync(() => connection.State == NatsConnectionState.Connected && connection.ServerInfo!.ServerName == "n2", "it is connected to the second node");
    }

    private static async Task GoAsync(NatsServerProcess node, WayToGo way)
    {
        switch (way)
        {
            case WayToGo.Kill:
                await node.KillAsync();
                break;
            case WayToGo.Restart:
                await node.RestartAsync();
                break;
            default:
                await node.SignalAsync(NatsServerSignal.LameDuck);
                break;
        }
    }

    // Asks with a number of its own each time, until it is answered.
    private static async Task<(int Answered, int Repeated)> AskAsync(NatsConnection requester, int worker, CancellationToken stop)
    {
        (int answered, int repeated) = (0, 0);
        while (!stop.IsCancellationRequested)
        {
            byte[] number = Encoding.ASCII.GetBytes($"{worker}.{answered}");
            bool again = false;
            while (true)
            {
                NatsReply reply = await requester.RequestAsync($"work.{worker}", number, TimeSpan.FromSeconds(5), cancellationToken: CancellationToken.None);
                if (reply.IsOk)
                {
                    reply.Message.Payload.ToArray().ShouldBe(number);
                    break;
                }

                again = true;
                if (reply.Status == NatsReplyStatus.NoResponders)
                    await Task.Delay(5, CancellationToken.None); // the new node has not heard of the subscription yet
            }

            answered++;
            repeated += again ? 1 : 0;
        }

        return (answered, repeated);
    }

    private static async Task<NatsConnection> ConnectAsync(string url)
    {
        var connection = new NatsConnection(new NatsConnectionOptions { Url = url });
        await connection.ConnectAsync();
        return connection;
    }

    private sealed class Responder(NatsConnection connection) : INatsMessageSink
    {
        private int _answered;

        public int Answered => Volatile.Read(ref _answered);

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            Interlocked.Increment(ref _answered);
            return connection.PublishAsync(new OutgoingMessage { Subject = message.ReplyTo, Payload = message.Payload });
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
