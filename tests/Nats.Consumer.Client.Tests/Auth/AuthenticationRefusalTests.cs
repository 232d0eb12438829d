using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Auth;

public sealed class AuthenticationRefusalTests
{
    [Theory]
    [InlineData(null, null, null, "", "no credentials", "Give credentials")]
    [InlineData("me", "s3cret", null, "", "a user name and password", "Check them")]
    [InlineData(null, null, "s3cret", "", "a token", "Check them")]
    [InlineData(null, null, null, "me:s3cret@", "a user name and password", "Check them")]
    [InlineData(null, null, null, "s3cret@", "a token", "Check them")]
    public async Task Connect_Refused_SaysWhatWasShownAndNoSecret(
        string? username, string? password, string? token, string userInfo, string shown, string advice)
    {
        await using var server = new FakeServer { Refusal = "Authorization Violation" };
        await using NatsConnection connection = TestClient.Create(server, options =>
        {
            options.Url = server.Url.Replace("nats://", $"nats://{userInfo}", StringComparison.Ordinal);
            (options.Username, options.Password, options.Token) = (username, password, token);
        });
        NatsAuthenticationException e = await Should.ThrowAsync<NatsAuthenticationException>(connection.ConnectAsync().WithinDeadline());
        e.Message.ShouldStartWith($"{server.Url} refused {shown} ('Authorization Violation'). {advice}");
        e.ToString().ShouldNotContain("s3cret");
        connection.State.ShouldBe(NatsConnectionState.New);
    }

    [Fact]
    public async Task Reconnect_RefusedTwiceAlike_ClosesForGood()
    {
        await using var server = new FakeServer();
        await using NatsConnection connection = TestClient.Create(server, options => options.Token = "s3cret");
        var events = new EventLog(connection);
        var sink = new RecordingSink();
        FakeClient client = await connection.OpenAsync(server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        await connection.SubscribeAsync("a", sink);

        server.Refusal = "Authorization Violation";
        client.Cut();
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
        NatsConnectionEvent closed = await events.NextAsync(NatsConnectionEventKind.Closed);

        server.Accepted.ShouldBe(3);
        NatsAuthenticationException e = closed.Error.ShouldBeOfType<NatsAuthenticationException>();
        e.Message.ShouldContain("refused a token ('Authorization Violation')");
        e.ToString().ShouldNotContain("s3cret");
        connection.State.ShouldBe(NatsConnectionState.Closed);
        (await sink.Closed.WithinDeadline()).ShouldBe(e);
        Should.Throw<NatsConnectionException>(() => connection.PublishAsync("a", "x"u8).AsTask()).Message.ShouldContain("Authorization Violation");
    }

    [Fact]
    public async Task Reconnect_RefusedOnce_GoesOn()
    {
        await using var server = new FakeServer();
        var time = new ManualTime();
        await using NatsConnection connection = TestClient.Create(server, options => (options.TimeProvider, options.MaxReconnectDelay) = (time, TimeSpan.FromSeconds(1)));
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        time.Advance(TimeSpan.FromSeconds(10));

        server.Refusal = "Authorization Violation";
        client.Cut();
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
        await Soon.HoldsAsync(() => server.Accepted == 2, "the first attempt was made");
        server.Refusal = null;
        await time.AdvanceUntilAsync(events.NextAsync(NatsConnectionEventKind.Reconnected), TimeSpan.FromMilliseconds(20));
    }
}
