using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Tests.Adapter;

/// <summary>The connection is the application's.</summary>
[Trait("Category", "Server")]
public sealed class OwnershipServerTests
{
    [Fact]
    public async Task Dispose_TheAdapter_EndsItsSubscriptionsAndNothingElse()
    {
        await using Rig rig = await Rig.StartAsync();
        RecordingSink sink = await rig.SubscribeAsync("a");
        await using var other = new NatsNetConnection(rig.NatsNet);
        await other.ConnectAsync();
        var others = new RecordingSink();
        await other.SubscribeAsync("a", others);

        await rig.Adapter.DisposeAsync();

        (await sink.Closed).ShouldBeNull();
        rig.NatsNet.ConnectionState.ShouldBe(Core.NatsConnectionState.Open);
        await rig.NatsNet.PublishAsync("a", "x");
        await Until.TrueAsync(() => others.Count == 1, "the message");
        sink.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Drain_TheAdapter_HandsOverWhatIsOnTheWay()
    {
        await using Rig rig = await Rig.StartAsync();
        RecordingSink sink = await rig.SubscribeAsync("a");
        for (int i = 0; i < 1000; i++)
            await rig.Adapter.PublishAsync("a", "x"u8);
        await rig.Adapter.DrainAsync();
        sink.Count.ShouldBe(1000);
        rig.Adapter.State.ShouldBe(NatsConnectionState.Closed);
        rig.NatsNet.ConnectionState.ShouldBe(Core.NatsConnectionState.Open);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Host_Ends_LeavesTheConnectionOpen(bool fromTheContainer)
    {
        await using Rig rig = await Rig.StartAsync(connect: false);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        if (fromTheContainer)
            builder.Services.AddSingleton<Core.INatsConnection>(rig.NatsNet);
        builder.AddNatsConsumers(nats => _ = fromTheContainer ? nats.UseNatsNet() : nats.UseNatsNet(rig.NatsNet));
        INatsConnection adapter;
        using (IHost host = builder.Build())
        {
            adapter = host.Services.GetRequiredService<INatsConnection>();
            await adapter.ConnectAsync();
            (await host.Services.GetRequiredService<IJetStream>().GetAccountInfoAsync()).ShouldNotBeNull();
        }

        adapter.State.ShouldBe(NatsConnectionState.Closed);
        rig.NatsNet.ConnectionState.ShouldBe(Core.NatsConnectionState.Open);
        await rig.NatsNet.PingAsync();
    }

    [Fact]
    public void UseNatsNet_UrlThatNatsNetCannotRead_IsToldWithoutItsPassword()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddNatsConsumers(nats => nats.UseNatsNet(_ => throw new ArgumentException("unsupported scheme in tls+x://app:s3cret@somewhere")));
        using IHost host = builder.Build();
        Should.Throw<ConsumerConfigurationException>(() => host.Services.GetRequiredService<INatsConnection>())
            .Message.ShouldBe("There is no connection of NATS.Net to use: unsupported scheme in tls+x://***@somewhere");
    }
}
