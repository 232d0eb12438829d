using Nats.Consumer.Client.Connecting;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("nats://127.0.0.1:4223", "127.0.0.1", 4223)]
    [InlineData("nats://example.org", "example.org", 4222)]
    [InlineData("nats://example.org/", "example.org", 4222)]
    [InlineData("NATS://example.org", "example.org", 4222)]
    [InlineData("example.org", "example.org", 4222)]
    [InlineData("localhost:5000", "localhost", 5000)]
    [InlineData("nats://[::1]:4224", "::1", 4224)]
    [InlineData("[2001:db8::7]", "2001:db8::7", 4222)]
    [InlineData("  nats://spaced:1  ", "spaced", 1)]
    public void Url_OfOneServer_IsRead(string url, string host, int port)
    {
        ServerAddress address = ServerAddress.ParseList(url).ShouldHaveSingleItem();
        address.Host.ShouldBe(host);
        address.Port.ShouldBe(port);
        address.Credentials.IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("nats://user:password@host", "user", "password", null)]
    [InlineData("user:password@host:1", "user", "password", null)]
    [InlineData("nats://us%40er:p%3Ass%2F%23%25@host", "us@er", "p:ss/#%", null)]
    [InlineData("nats://b%C3%BCrger:w%C3%B6rt@host", "bürger", "wört", null)]
    [InlineData("nats://user:pass:word@host", "user", "pass:word", null)]
    [InlineData("nats://user:@host", "user", "", null)]
    [InlineData("nats://s3cr%23t@host", null, null, "s3cr#t")]
    public void Credentials_InTheUrl_AreRead(string url, string? username, string? password, string? token)
    {
        ServerAddress address = ServerAddress.ParseList(url).ShouldHaveSingleItem();
        address.Host.ShouldBe("host");
        address.Credentials.Username.ShouldBe(username);
        address.Credentials.Password.ShouldBe(password);
        address.Credentials.Token.ShouldBe(token);
    }

    [Fact]
    public void List_OfServers_KeepsItsOrder() =>
        ServerAddress.ParseList("nats://a:1, b ,,nats://[::1]:3").Select(address => address.ToString())
            .ShouldBe(["nats://a:1", "nats://b:4222", "nats://[::1]:3"]);

    [Theory]
    [InlineData("tls://user:password@host:1", true, "tls://host:1")]
    [InlineData("TLS://[::1]", true, "tls://[::1]:4222")]
    [InlineData("nats://host:1", false, "nats://host:1")]
    [InlineData("host:1", false, "nats://host:1")]
    public void Scheme_OfTls_IsKept(string url, bool isTls, string shown)
    {
        ServerAddress address = ServerAddress.ParseList(url).ShouldHaveSingleItem();
        address.IsTls.ShouldBe(isTls);
        address.ToString().ShouldBe(shown);
    }

    [Theory]
    [InlineData("tls://seed.example", "10.0.0.2:4222", "tls://10.0.0.2:4222", "seed.example")]
    [InlineData("tls://seed.example", "[2001:db8::7]:4222", "tls://[2001:db8::7]:4222", "seed.example")]
    [InlineData("tls://seed.example", "other.example:1", "tls://other.example:1", null)]
    [InlineData("tls://10.0.0.1", "10.0.0.2:4222", "tls://10.0.0.2:4222", null)]
    [InlineData("nats://seed.example", "10.0.0.2:4222", "nats://10.0.0.2:4222", "seed.example")]
    public void Discovered_Address_IsCheckedByTheNameOfItsSeed(string seed, string url, string shown, string? tlsHost)
    {
        ServerAddress.TryParseDiscovered(url, ServerAddress.ParseList(seed)[0], out ServerAddress? server).ShouldBeTrue();
        server.ToString().ShouldBe(shown);
        server.TlsHost.ShouldBe(tlsHost);
        ServerAddress.TryParseDiscovered("10.0.0.3", server, out ServerAddress? next).ShouldBeTrue();
        next.TlsHost.ShouldBe(tlsHost ?? (server.Host == "other.example" ? "other.example" : null));
    }

    [Fact]
    public void Address_Shown_HasNoCredentials()
    {
        ServerAddress.ParseList("nats://user:s3cret@host:1")[0].ToString().ShouldBe("nats://host:1");
        ServerAddress.ParseList("nats://s3cret@host:1")[0].ToString().ShouldBe("nats://host:1");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    public void List_Empty_IsRefused(string urls) => Should.Throw<ArgumentException>(() => ServerAddress.ParseList(urls)).Message.ShouldContain("empty");

    [Theory]
    [InlineData("nats://")]
    [InlineData("nats://host:port")]
    [InlineData("nats://host:99999")]
    [InlineData("nats://ho st")]
    [InlineData("nats://host/path")]
    [InlineData("nats://host?query")]
    [InlineData("nats://host#fragment")]
    public void Url_Unreadable_IsNamed(string url) => Should.Throw<ArgumentException>(() => ServerAddress.ParseList(url)).Message.ShouldContain($"'{url}'");

    [Theory]
    [InlineData("ws://host:80")]
    [InlineData("http://host")]
    public void Scheme_NotSupported_IsNamed(string url) =>
        Should.Throw<ArgumentException>(() => ServerAddress.ParseList(url)).Message.ShouldContain($"'{url[..url.IndexOf(':', StringComparison.Ordinal)]}'");

    [Theory]
    [InlineData("nats://user:s3cret@host:port")]
    [InlineData("nats://user:s3cret@ho st")]
    [InlineData("nats://s3cret@")]
    [InlineData("ws://user:s3cret@host")]
    [InlineData("nats://user:s3cret#@host")]
    [InlineData("nats://user:12#s3cret@host")]
    [InlineData("nats://user:12/s3cret@host")]
    [InlineData("nats://user:12?s3cret@host")]
    [InlineData("nats://user:s3cret,more@host")]
    [InlineData("nats://good:1,nats://user:s3cret,more@host")]
    public void Credentials_InAnUnreadableUrl_AreNotShown(string url)
    {
        string text = Should.Throw<ArgumentException>(() => ServerAddress.ParseList(url)).ToString();
        text.ShouldNotContain("s3cret");
        text.ShouldNotContain(":12");
    }
}
