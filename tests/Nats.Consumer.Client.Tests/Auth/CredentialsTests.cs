using Nats.Consumer.Client.Auth;
using Nats.Consumer.Client.Connecting;

namespace Nats.Consumer.Client.Tests.Auth;

public sealed class CredentialsTests
{
    private static readonly ServerAddress Server = ServerAddress.ParseList("nats://url-user:url-password@host")[0];

    [Fact]
    public void Options_WithAToken_WinOverTheUrl()
    {
        Credentials chosen = Credentials.Choose(new NatsConnectionOptions { Token = "t" }, Server);
        chosen.Token.ShouldBe("t");
        chosen.Username.ShouldBeNull();
        chosen.Password.ShouldBeNull();
    }

    [Fact]
    public void Options_WithAUser_WinOverTheUrl()
    {
        Credentials chosen = Credentials.Choose(new NatsConnectionOptions { Username = "u" }, Server);
        chosen.Username.ShouldBe("u");
        chosen.Password.ShouldBe("");
    }

    [Fact]
    public void Options_WithNothing_LeaveTheUrl()
    {
        Credentials chosen = Credentials.Choose(new NatsConnectionOptions(), Server);
        chosen.Username.ShouldBe("url-user");
        chosen.Password.ShouldBe("url-password");
    }

    [Theory]
    [InlineData("", "no credentials")]
    [InlineData("s3cret", "a token")]
    [InlineData("s3cret:s3cret", "a user name and password")]
    public void Credentials_Shown_AreOnlyNamedByKind(string userInfo, string shown) => $"{Credentials.FromUserInfo(userInfo)}".ShouldBe(shown);
}
