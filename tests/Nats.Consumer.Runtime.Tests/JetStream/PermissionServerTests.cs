using Nats.Consumer.Client;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.JetStream;

/// <summary>What is not permitted is said at once: the server answers by an error on the connection, and a time-out of an hour is not waited for.</summary>
[Trait("Category", "Server")]
[Trait("Client", "BuiltIn")]
public class PermissionServerTests
{
    private const string Accounts = """
        accounts: {
          A: {
            jetstream: enabled
            users: [
              { user: all, password: secret }
              { user: blind, password: secret, permissions: { publish: { deny: ["$JS.API.STREAM.INFO.*", "$JS.API.STREAM.NAMES", "closed.>", "*.closed.>"] } } }
            ]
          }
        }
        """;

    [Fact]
    public async Task Denied_ApiCallPublishAndWorker_SayWhichSubject()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { ConfigText = Accounts });
        string url = server.Url.Replace("//", "//blind:secret@", StringComparison.Ordinal);
        await using INatsConnection connection = Transport.Create(url);
        IJetStream js = JetStreamContext.Create(connection, requestTimeout: TimeSpan.FromHours(1));

        // Whether another stream has the same subjects cannot be asked; that is no error.
        await js.CreateStreamAsync(new StreamConfig("orders") { Subjects = ["orders.>"] }).WaitAsync(TimeSpan.FromSeconds(20));
        (await Should.ThrowAsync<JetStreamPermissionException>(js.GetStreamAsync("orders").WaitAsync(TimeSpan.FromSeconds(20)))).Message
            .ShouldBe($"Reading stream 'orders': the user of this connection may not publish to '$JS.API.STREAM.INFO.{Transport.OnTheServer("orders")}'. Allow it in the server's permissions.");
        (await Should.ThrowAsync<JetStreamPermissionException>(js.PublishAsync("closed.a", 1).AsTask().WaitAsync(TimeSpan.FromSeconds(20)))).Message
            .ShouldBe($"The user of this connection may not publish to '{(Transport.Prefix is null ? "" : $"{Transport.Prefix}.")}closed.a', so the message was not stored. Allow it in the server's permissions.");
        (await js.PublishAsync("orders.a", 1)).Sequence.ShouldBe(1UL);

        await using var worker = new Worker(url, new ConsumerSetup { Stream = "orders", Subjects = ["work.>"] }, configure: nats => nats.Configure(options => options.RequestTimeout = TimeSpan.FromHours(1)));
        (await worker.RunAsync("run").WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(1);
        worker.Log.Text.ShouldContain("may not publish to '$JS.API.STREAM.INFO.");
    }
}
