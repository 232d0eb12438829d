using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Client;
using Nats.Consumer.NatsNet.Tests.Transports;
using Nats.Consumer.Tests.Servers;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Tests.Adapter;

/// <summary>An idle consumer and a server that restarts: NATS.Net's own consumer gets its next message tens of seconds later.</summary>
[Trait("Category", "Server")]
[Collection(nameof(Measured))]
public sealed class RecoveryServerTests(ITestOutputHelper output)
{
    private const int Restarts = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    [InlineData(ConsumerKind.Ordered)]
    public async Task Restart_IdleConsumer_GoesOnWithTheReconnect(ConsumerKind kind)
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        // Long enough for the message to be there already when NATS.Net is back.
        await using var natsNet = new Core.NatsConnection(Connections.Options(server.Url) with { ReconnectWaitMin = Pause, ReconnectWaitMax = Pause });
        await using Worker worker = await stream.WorkAsync(setup => setup.Kind = kind, services: services => services.AddSingleton<Core.INatsConnection>(natsNet));
        long opened = 0;
        natsNet.ConnectionOpened += (_, _) =>
        {
            Volatile.Write(ref opened, Stopwatch.GetTimestamp());
            return ValueTask.CompletedTask;
        };
        var times = new List<double>();
        for (int i = 1; i <= Restarts; i++)
        {
            Volatile.Write(ref opened, 0);
            await (i % 2 == 0 ? server.Process.KillAsync() : server.Process.StopAsync());
            await server.Process.StartAgainAsync();
            long stored = await StoreAsync(server.Url, $"work.{i}");
            await Until.TrueAsync(() => worker.Script.Seen.Any(seen => seen.Subject == $"work.{i}"), "the message");
            long handled = worker.Script.Seen.First(seen => seen.Subject == $"work.{i}").At;
            await Until.TrueAsync(() => Volatile.Read(ref opened) != 0, "NATS.Net's event");
            times.Add(Stopwatch.GetElapsedTime(Math.Max(Volatile.Read(ref opened), stored), handled).TotalMilliseconds);
        }

        output.WriteLine(
            $"nats-server {server.Version}, {kind}, on NATS.Net: the handler ran {string.Join(", ", times.Select(time => $"{time:0.0}"))} ms after NATS.Net's ConnectionOpened (or after the message was stored, if that was later)");
        times.Max().ShouldBeLessThan(1000);
    }

    private static async Task<long> StoreAsync(string url, string subject)
    {
        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = url });
        await connection.ConnectAsync();
        _ = (await connection.RequestAsync(subject, "{}"u8, TimeSpan.FromSeconds(5))).Message;
        return Stopwatch.GetTimestamp();
    }
}
