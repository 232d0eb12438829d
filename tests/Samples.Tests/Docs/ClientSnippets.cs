using Nats.Consumer.Client;

namespace Nats.Consumer.Samples.Tests.Docs;

/// <summary>The code of docs/client.md, so that it compiles.</summary>
internal static class ClientSnippets
{
    public static async Task ConnectPublishRequestAsync()
    {
        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = "nats://a:4222,nats://b:4222", Name = "billing" });
        await connection.ConnectAsync();
        await connection.PublishAsync("orders.created", "{}"u8);
        NatsReply reply = await connection.RequestAsync("prices.get", "42"u8, TimeSpan.FromSeconds(2));
        _ = reply;
    }
}
