using System.Text;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class NatsServerInfoTests
{
    [Fact]
    public void Info_OfAServer_IsRead()
    {
        NatsServerInfo info = Parse(
            """
            {"server_id":"NX","server_name":"n1","version":"2.12.0-RC.3","proto":1,"headers":true,"auth_required":true,"max_payload":2097152,
             "jetstream":true,"client_id":18446744073709551615,"ldm":true,"connect_urls":["a:1","[::1]:2"],"unknown":{"x":[1]}}
            """);
        info.ServerName.ShouldBe("n1");
        info.VersionText.ShouldBe("2.12.0-RC.3");
        info.Version.ShouldBe(new Version(2, 12, 0));
        info.HeadersSupported.ShouldBeTrue();
        info.AuthenticationRequired.ShouldBeTrue();
        info.JetStreamEnabled.ShouldBeTrue();
        info.LameDuckMode.ShouldBeTrue();
        info.MaxPayload.ShouldBe(2 * 1024 * 1024);
        info.ClientId.ShouldBe(ulong.MaxValue);
        info.ConnectUrls.ShouldBe(["a:1", "[::1]:2"]);
    }

    [Fact]
    public void Info_Empty_HasTheDefaults()
    {
        NatsServerInfo info = Parse("{}");
        info.MaxPayload.ShouldBe(1024 * 1024);
        info.Version.ShouldBe(new Version(0, 0, 0));
        info.HeadersSupported.ShouldBeFalse();
        info.ConnectUrls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2.10.27", "2.10.27")]
    [InlineData("2.9.10-beta.1", "2.9.10")]
    [InlineData("2.11", "2.11")]
    [InlineData("dev", "0.0.0")]
    [InlineData("", "0.0.0")]
    public void Version_OfAnyShape_IsRead(string text, string expected) => Parse($$"""{"version":"{{text}}"}""").Version.ShouldBe(Version.Parse(expected));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("{\"max_payload\":\"much\"}")]
    [InlineData("{\"connect_urls\":[1]}")]
    public void Info_Malformed_IsQuoted(string json) =>
        Should.Throw<NatsProtocolException>(() => Parse(json)).Message.ShouldContain($"'{json}'");

    private static NatsServerInfo Parse(string json) => NatsServerInfo.Parse(Encoding.UTF8.GetBytes(json));
}
