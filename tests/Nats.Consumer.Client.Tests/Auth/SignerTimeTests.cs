using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Auth;

/// <summary>What a signer's callbacks take is not the server's time; the connect time-out is 2 s.</summary>
public sealed class SignerTimeTests
{
    private readonly ManualTime _time = new();
    private readonly TestKey _user = new('U');

    [Fact]
    public async Task ConnectAsync_CallbacksTakeLongerThanConnectTimeoutTogether_Connects()
    {
        await using FakeServer server = Greeting();
        await using NatsConnection connection = Create(server, NatsSigner.ForJwt(
            async _ =>
            {
                await PassAsync(1.5);
                return "eyJhbGciOiJlZDI1NTE5LW5rZXkifQ.eyJuYW1lIjoidSJ9.c2lnbmF0dXJl";
            },
            async (nonce, _) =>
            {
                await PassAsync(1.5);
                return _user.Sign(nonce.Span);
            }));
        await connection.ConnectAsync().WithinDeadline();
        connection.State.ShouldBe(NatsConnectionState.Connected);
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("signing")]
    public async Task ConnectAsync_CallbackHangs_SaysWhichAfterConnectTimeout(string callback)
    {
        var never = new TaskCompletionSource();
        await using FakeServer server = Greeting();
        await using NatsConnection connection = Create(server, NatsSigner.ForJwt(
            async _ =>
            {
                await HangAsync("JWT");
                return "eyJhbGciOiJlZDI1NTE5LW5rZXkifQ.eyJuYW1lIjoidSJ9.c2lnbmF0dXJl";
            },
            async (nonce, _) =>
            {
                await HangAsync("signing");
                return _user.Sign(nonce.Span);
            }));
        NatsConnectException error = await Should.ThrowAsync<NatsConnectException>(connection.ConnectAsync().WithinDeadline());
        error.Message.ShouldBe($"The {callback} callback of the signer returned nothing within 2 s (ConnectTimeout).");

        async Task HangAsync(string name)
        {
            if (name != callback)
                return;
            _ = Task.Run(() => PassAsync(2));
            await never.Task;
        }
    }

    // The server's answer has its time, too.
    [Fact]
    public async Task ConnectAsync_SignedAndNoAnswer_TimesOutAsEver()
    {
        await using FakeServer server = Greeting();
        server.AnswersConnect = false;
        bool ended = false;
        await using NatsConnection connection = Create(server, NatsSigner.ForNKey(_user.PublicKey, (nonce, token) =>
        {
            _ = Task.Run(async () =>
            {
                while (!ended)
                    await PassAsync(1);
            }, CancellationToken.None);
            return ValueTask.FromResult(_user.Sign(nonce.Span));
        }));
        NatsConnectException error = await Should.ThrowAsync<NatsConnectException>(connection.ConnectAsync().WithinDeadline());
        ended = true;
        error.Message.ShouldContain("no answer within 2 s: the server did not answer CONNECT");
    }

    private static FakeServer Greeting() => new() { Greeting = """INFO {"server_id":"FAKE","version":"2.99.1","max_payload":1048576,"headers":true,"auth_required":true,"nonce":"bm9uY2U"}""" };

    private NatsConnection Create(FakeServer server, NatsSigner signer)
    {
        NatsConnectionOptions options = TestClient.Options(server.Url, _time);
        options.Signer = signer;
        return new NatsConnection(options);
    }

    // Only when somebody waits for it; who is about to wait would be missed.
    private async Task PassAsync(double seconds)
    {
        await Task.Delay(50);
        _time.Advance(TimeSpan.FromSeconds(seconds));
    }
}
