using Nats.Consumer.Client;
using Nats.Consumer.JetStream;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Settling;

/// <summary>A worker that may not publish dead letters: the server says nothing but "permissions violation", and no answer ever comes.</summary>
[Trait("Category", "Server")]
public class DeadLetterPermissionServerTests
{
    private const string Accounts = """
        accounts: {
          A: {
            jetstream: enabled
            users: [
              { user: all, password: secret }
              { user: mute, password: secret, permissions: { publish: { deny: ["dead-letters.>", "*.dead-letters.>"] } } }
            ]
          }
        }
        """;

    [Fact]
    public async Task Publish_NotPermitted_LosesNothingAndAnotherWorkerKeepsIt()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { ConfigText = Accounts });
        string UrlOf(string user) => server.Url.Replace("//", $"//{user}:secret@", StringComparison.Ordinal);
        await using INatsConnection connection = Transport.Create(UrlOf("all"));
        await connection.ConnectAsync();
        var api = new JetStreamApi(connection, TimeSpan.FromSeconds(5));
        await api.CreateStreamAsync(new() { ["name"] = "S", ["subjects"] = new System.Text.Json.Nodes.JsonArray("work.>") }, CancellationToken.None);
        await connection.RequestAsync("work.x", "precious"u8, TimeSpan.FromSeconds(5));
        int told = 0;
        var setup = new ConsumerSetup
        {
            Stream = "S",
            MaxDeliver = 1,
            OnError = (_, _, _) =>
            {
                Interlocked.Increment(ref told);
                return ValueTask.CompletedTask;
            },
        };
        Script Failing() => new((_, _) => throw new InvalidOperationException("no way"));

        await using (Worker mute = await new Worker(UrlOf("mute"), setup, Failing(), nats => nats.Configure(options => options.RequestTimeout = TimeSpan.FromMilliseconds(300))).StartAsync())
        {
            await Until.TrueAsync(() => mute.Log.Count("could not be stored as a dead letter") >= 2, "two failures", 20);
            mute.Script.Count.ShouldBe(1);
            told.ShouldBe(1);
        }

        (await api.GetStreamAsync("S-dead-letters", CancellationToken.None))!.Messages.ShouldBe(0);
        await using Worker permitted = await new Worker(UrlOf("all"), setup, Failing()).StartAsync();
        await Until.TrueAsync(async () => (await api.GetStreamAsync("S-dead-letters", CancellationToken.None))!.Messages == 1, "the dead letter", 20);
        await Until.TrueAsync(async () => (await api.GetConsumerAsync("S", "worker", CancellationToken.None))!.AckPending == 0, "the settlement");
    }
}
