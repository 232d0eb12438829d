using System.Diagnostics;

namespace Nats.Consumer.Testing.Tests;

[Trait("Category", "Server")]
public class NatsServerStartTests
{
    [Fact]
    public async Task StartAsync_NoOptions_TakesClientsWithJetStreamOn()
    {
        await using var server = await NatsServerProcess.StartAsync();

        using var client = await RawClient.ConnectAsync(new Uri(server.Url).Port);
        client.Info.ShouldContain($"\"version\":\"{server.Version}\"");
        client.Info.ShouldContain("\"jetstream\":true");
        (await client.ReadAsync()).ShouldBe("PONG");
        (await client.AskAsync("$JS.API.INFO")).ShouldContain("account_info_response");
        server.Url.ShouldBe($"nats://127.0.0.1:{server.Port}");
        server.Version.ShouldBeGreaterThanOrEqualTo(new Version(2, 9));
        server.LogText.ShouldContain("Server is ready");
        Process.GetProcessById(server.ProcessId).HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task StartAsync_JetStreamOff_HasNoJetStream()
    {
        await using var server = await NatsServerProcess.StartAsync(new() { JetStream = false });

        using var client = await RawClient.ConnectAsync(server.Port);
        client.Info.ShouldNotContain("\"jetstream\":true");
    }

    [Fact]
    public async Task StartAsync_Twice_GivesTwoServersApart()
    {
        await using var one = await NatsServerProcess.StartAsync();
        await using var two = await NatsServerProcess.StartAsync();

        two.Port.ShouldNotBe(one.Port);
        two.StoreDirectory.ShouldNotBe(one.StoreDirectory);
    }

    [Theory]
    [InlineData("{}", "-ERR 'Authorization Violation'")]
    [InlineData("""{"user":"ann","pass":"wrong"}""", "-ERR 'Authorization Violation'")]
    [InlineData("""{"user":"ann","pass":"se cret"}""", "PONG")]
    public async Task StartAsync_UsernameAndPassword_LetsInOnlyThatUser(string connect, string answer)
    {
        await using var server = await NatsServerProcess.StartAsync(new() { Username = "ann", Password = "se cret" });

        using var client = await RawClient.ConnectAsync(server.Port, connect);
        (await client.ReadAsync()).ShouldBe(answer);
    }

    [Theory]
    [InlineData("{}", "-ERR 'Authorization Violation'")]
    [InlineData("""{"auth_token":"t0ken"}""", "PONG")]
    public async Task StartAsync_Token_LetsInOnlyThatToken(string connect, string answer)
    {
        await using var server = await NatsServerProcess.StartAsync(new() { Token = "t0ken" });

        using var client = await RawClient.ConnectAsync(server.Port, connect);
        (await client.ReadAsync()).ShouldBe(answer);
    }

    [Fact]
    public async Task StartAsync_NameConfigAndArguments_ReachTheServer()
    {
        await using var server = await NatsServerProcess.StartAsync(new()
        {
            ServerName = "east-1",
            ConfigText = "max_payload: 4096\njetstream { max_mem: 1MB }",
            Arguments = ["-D"],
        });

        using var client = await RawClient.ConnectAsync(server.Port);
        client.Info.ShouldContain("\"server_name\":\"east-1\"");
        client.Info.ShouldContain("\"max_payload\":4096");
        await Task.Run(() => SpinWait.SpinUntil(() => server.LogText.Contains("[DBG]", StringComparison.Ordinal), TimeSpan.FromSeconds(10)), TestContext.Current.CancellationToken);
        server.LogText.ShouldContain("[DBG]"); // its output comes on a way of its own
    }

    [Fact]
    public async Task StartAsync_ConfigIsBroken_ThrowsTheServersWords()
    {
        var error = await Should.ThrowAsync<NatsServerException>(() => NatsServerProcess.StartAsync(new() { ConfigText = "max_payload: {" }));

        error.Message.ShouldContain("ended while it was starting, with exit code 1");
        error.Message.ShouldContain("Parse error");
        error.Log.ShouldContain("Parse error");
    }

    [Fact]
    public async Task StartAsync_StoreCannotBeMade_ThrowsTheServersWords()
    {
        var error = await Should.ThrowAsync<NatsServerException>(() => NatsServerProcess.StartAsync(new() { StoreDirectory = "/proc/no/store" }));

        error.Log.ShouldContain("could not create storage directory");
    }

    [Fact]
    public async Task StartAsync_Cancelled_LeavesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => NatsServerProcess.StartAsync(cancellationToken: cancelled.Token));
    }
}
