using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NATS.Client.Core;
using Nats.Consumer.NatsNet;

namespace Nats.Consumer.Docs;

/// <summary>The code of docs/natsnet.md.</summary>
internal static class NatsNetSnippets
{
    public static void FromTheContainer(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<INatsConnection>(_ => new NatsConnection(new NatsOpts { Url = "nats://a:4222", HeaderEncoding = Encoding.UTF8 }));
        builder.AddNatsConsumers(nats => nats.UseNatsNet());
    }

    public static void Given(HostApplicationBuilder builder, INatsConnection connection)
    {
        builder.AddNatsConsumers(nats => nats.UseNatsNet(connection));
    }

    public static void Keyed(HostApplicationBuilder builder)
    {
        builder.AddNatsConsumers(nats => nats.UseNatsNet(services => services.GetRequiredKeyedService<INatsConnection>("orders")));
    }

    public static async Task WithoutAHostAsync(INatsConnection connection)
    {
        await using var adapter = new NatsNetConnection(connection);
        await adapter.ConnectAsync();
        IJetStream jetStream = JetStreamContext.Create(adapter);
        await jetStream.PublishAsync("orders.created", new { Id = 1 });
    }
}
