using System.Collections.Concurrent;
using Nats.Consumer.Client;
using Nats.Consumer.NatsNet.Tests.Transports;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Servers;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Tests.Adapter;

/// <summary>A server, a connection of NATS.Net to it, and an adapter on that.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly ConcurrentQueue<NatsConnectionEvent> _events = new();

    private Rig(NatsServerProcess server, Core.NatsConnection natsNet, NatsNetOptions options)
    {
        Server = server;
        NatsNet = natsNet;
        Adapter = new NatsNetConnection(natsNet, options);
        Adapter.Changed += _events.Enqueue;
    }

    public NatsServerProcess Server { get; }

    public Core.NatsConnection NatsNet { get; }

    public NatsNetConnection Adapter { get; }

    public IReadOnlyList<NatsConnectionEvent> Events => [.. _events];

    public IReadOnlyList<NatsConnectionEventKind> Kinds => [.. _events.Select(change => change.Kind)];

    public static async Task<Rig> StartAsync(NatsNetOptions? options = null, Func<Core.NatsOpts, Core.NatsOpts>? configure = null, bool connect = true, NatsServerOptions? server = null)
    {
        NatsServerProcess process = await NatsServerProcess.StartAsync(server);
        Core.NatsOpts opts = Connections.Options(process.Url);
        var rig = new Rig(process, new Core.NatsConnection(configure?.Invoke(opts) ?? opts), options ?? new NatsNetOptions());
        if (connect)
            await rig.Adapter.ConnectAsync();
        return rig;
    }

    public async Task<RecordingSink> SubscribeAsync(string subject, Task? gate = null)
    {
        var sink = new RecordingSink(gate);
        await Adapter.SubscribeAsync(subject, sink);
        await Adapter.FlushAsync();
        return sink;
    }

    public async Task LoseAsync()
    {
        await Server.KillAsync();
        await Until.TrueAsync(() => Kinds.Contains(NatsConnectionEventKind.Disconnected), "the disconnect");
    }

    public async Task ComeBackAsync()
    {
        await Server.StartAgainAsync();
        await Until.TrueAsync(() => Kinds is [.., NatsConnectionEventKind.Reconnected], "the reconnect");
    }

    public async ValueTask DisposeAsync()
    {
        await Adapter.DisposeAsync();
        await NatsNet.DisposeAsync();
        await Server.DisposeAsync();
    }
}
