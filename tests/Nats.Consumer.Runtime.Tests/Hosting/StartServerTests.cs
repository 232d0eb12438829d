using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Hosting;

/// <summary>Servers that are away, refuse, or lack JetStream.</summary>
[Trait("Category", "Server")]
public class StartServerTests
{
    private const string Secret = "s3cret-Pa55word";

    [Fact]
    [Trait("Client", "BuiltIn")]
    public async Task Server_Away_IsWaitedForAndOneLineSaysHowToStartOne()
    {
        int port = FreePort();
        var setup = new ConsumerSetup { Stream = "late", Operations = () => [StreamOperation.CreateOrUpdate(new StreamConfig("late") { Subjects = ["work.>"] })] };
        await using var worker = new Worker($"nats://app:{Secret}@127.0.0.1:{port}", setup);
        Task<int> running = worker.RunAsync("run", "--setup");
        await worker.Log.ContainsAsync("Trying again until it answers.");
        LogLine line = worker.Log.Worse(LogLevel.Warning).ShouldHaveSingleItem();
        line.Level.ShouldBe(LogLevel.Warning);
        line.Text.ShouldContain($"nats://127.0.0.1:{port}");
        line.Text.ShouldEndWith(
            "Start a server (nats-server -js; docker run -p 4222:4222 nats -js), or point NATS_URL or Nats:Url at one. Trying again until it answers.");

        // The port was free a moment ago; where somebody else has taken it meanwhile the start fails with the server's own words.
        await using NatsServerProcess process = await NatsServerProcess.StartAsync(new NatsServerOptions { Username = "app", Password = Secret, Arguments = ["-p", $"{port}"] });
        await worker.Log.ContainsAsync("consumes stream 'late'", 15);
        await worker.JetStream.PublishAsync("work.x", 1);
        await worker.Script.CountAsync(1);
        worker.Stop();
        (await running).ShouldBe(0);
        worker.Log.Worse(LogLevel.Warning).ShouldHaveSingleItem();
        worker.Log.Text.ShouldNotContain(Secret);
    }

    [Theory]
    [Trait("Client", "BuiltIn")]
    [InlineData($"app:wrong-{Secret}@", "a user name and password", "Check them against the server's configuration.")]
    [InlineData($"token-{Secret}@", "a token", "Check them against the server's configuration.")]
    [InlineData("", "no credentials", "Give credentials in the URL (nats://user:password@host, nats://token@host) or in the options.")]
    public async Task Credentials_Refused_StopsWithExitCodeOne(string userInfo, string what, string remedy)
    {
        await using NatsServerProcess process = await NatsServerProcess.StartAsync(new NatsServerOptions { Username = "app", Password = Secret });
        await using var worker = new Worker(process.Url.Replace("nats://", $"nats://{userInfo}", StringComparison.Ordinal), new ConsumerSetup { Stream = "s" });
        (await worker.RunAsync()).ShouldBe(1);
        worker.Log.Worse(LogLevel.Critical).ShouldHaveSingleItem().Text.ShouldBe(
            $"The worker cannot start: {process.Url} refused {what} ('Authorization Violation'). {remedy}");
        worker.Log.Text.ShouldNotContain(Secret);
    }

    [Fact]
    [Trait("Client", "BuiltIn")]
    public async Task Credentials_RefusedAfterARestart_StopsWithExitCodeOne()
    {
        Worker worker;
        Task<int> running;
        int port;
        await using (TestServer first = await TestServer.StartAsync(new NatsServerOptions { Username = "app", Password = Secret }))
        {
            port = first.Process.Port;
            TestStream stream = await first.StreamAsync();
            worker = new Worker(first.Url.Replace("nats://", $"nats://app:{Secret}@", StringComparison.Ordinal), stream.Setup());
            running = worker.RunAsync();
            await worker.Log.ContainsAsync("consumes stream");
        }

        await using NatsServerProcess second = await NatsServerProcess.StartAsync(new NatsServerOptions { Username = "app", Password = "changed", Arguments = ["-p", $"{port}"] });
        (await running.WaitAsync(TimeSpan.FromSeconds(15))).ShouldBe(1);
        worker.Log.Worse(LogLevel.Critical).ShouldHaveSingleItem().Text.ShouldContain("refused a user name and password ('Authorization Violation')");
        worker.Log.Text.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task JetStream_Off_StopsWithExitCodeOneAndSaysHowToSwitchItOn()
    {
        await using NatsServerProcess process = await NatsServerProcess.StartAsync(new NatsServerOptions { JetStream = false, ServerName = "plain" });
        await using var worker = new Worker(process.Url, new ConsumerSetup { Stream = "s" });
        (await worker.RunAsync()).ShouldBe(1);
        worker.Log.Worse(LogLevel.Critical).ShouldHaveSingleItem().Text.ShouldBe(
            $"The worker cannot start: JetStream is off on nats-server 'plain' ({process.Version}) or for this account. "
            + "Start the server with -js, or enable JetStream for the account in its configuration.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
