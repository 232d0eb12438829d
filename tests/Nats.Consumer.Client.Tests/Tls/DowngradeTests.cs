using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Tls;

/// <summary>What somebody in between, or a broken server, may try.</summary>
public sealed class DowngradeTests
{
    private const string OffersTls = "INFO {\"version\":\"2.15.1\",\"tls_required\":true}\r\n";
    private const string OffersNothing = "INFO {\"version\":\"2.15.1\"}\r\n";

    [Theory]
    [InlineData("tls", NatsTlsMode.Auto)]
    [InlineData("tls", NatsTlsMode.Prefer)]
    [InlineData("nats", NatsTlsMode.Require)]
    public async Task ConnectAsync_InfoWithoutTls_SendsNothing(string scheme, NatsTlsMode mode)
    {
        await using var server = new ScriptedGreeting(OffersNothing);
        NatsTlsException error = await FailsAsync<NatsTlsException>($"{scheme}://ann:s3cret@{server.Authority}", mode);
        error.Message.ShouldContain("offers no TLS");
        (await server.ReceivedAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PING\r\n")]
    [InlineData("INFO {\"version\":\"2.15.1\",\"auth_required\":false}\r\n")]
    [InlineData("-ERR 'maximum connections exceeded'\r\n")]
    [InlineData("M")]
    public async Task ConnectAsync_SomethingInTheClearAfterInfo_EndsTheConnection(string injected)
    {
        await using var server = new ScriptedGreeting(OffersTls + injected);
        NatsConnectException error = await FailsAsync<NatsConnectException>($"tls://ann:s3cret@{server.Authority}");
        error.Message.ShouldContain("in the clear between INFO and the TLS handshake");
        error.Message.ShouldContain(injected.TrimEnd());
        (await server.ReceivedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task ConnectAsync_PlainAnswerToTheHandshake_IsQuoted()
    {
        await using var server = new ScriptedGreeting(OffersTls, "-ERR 'Authorization Violation'\r\n");
        // No NatsAuthenticationException: who speaks in the clear may not end a connection for good.
        (await FailsAsync<NatsConnectException>($"tls://{server.Authority}")).Message.ShouldContain("-ERR 'Authorization Violation'");
    }

    [Fact]
    public async Task ConnectAsync_EndInTheHandshake_IsNoReasonToGiveUp()
    {
        await using var server = new ScriptedGreeting(OffersTls, "");
        (await FailsAsync<NatsConnectException>($"tls://{server.Authority}")).Message.ShouldContain("ended in the TLS handshake");
    }

    [Fact]
    public async Task ConnectAsync_NoAnswerToTheHandshake_SaysWhatWasAwaited()
    {
        await using var server = new ScriptedGreeting(OffersTls);
        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = $"tls://{server.Authority}", ConnectTimeout = TimeSpan.FromMilliseconds(300) });
        (await Should.ThrowAsync<NatsConnectException>(() => connection.ConnectAsync().WithinDeadline())).Message.ShouldContain("did not answer the TLS handshake");
    }

    [Fact]
    public async Task ConnectAsync_TlsFailsAtOneServerAndAnotherIsAway_IsATlsErrorThatNamesBoth()
    {
        await using var server = new ScriptedGreeting(OffersNothing);
        NatsTlsException error = await FailsAsync<NatsTlsException>($"tls://{server.Authority},tls://127.0.0.1:1");
        error.Message.ShouldContain(server.Authority);
        error.Message.ShouldContain("127.0.0.1:1");
    }

    private static async Task<T> FailsAsync<T>(string url, NatsTlsMode mode = NatsTlsMode.Auto)
        where T : Exception
    {
        var options = new NatsConnectionOptions { Url = url, ConnectTimeout = Soon.Deadline };
        options.Tls.Mode = mode;
        T error = await TlsFixture.FailsAsync<T>(options);
        error.ToString().ShouldNotContain("s3cret");
        return error;
    }
}
