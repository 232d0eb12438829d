using System.Text;
using System.Text.Json;
using Nats.Consumer.Client.Auth;
using Nats.Consumer.Client.Connecting;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class ConnectCommandTests
{
    [Fact]
    public void Command_WithoutCredentials_SaysWhatTheClientCan()
    {
        JsonElement connect = Write(new NatsConnectionOptions { Name = "orders \"1\"\r\n" });
        connect.GetProperty("verbose").GetBoolean().ShouldBeFalse();
        connect.GetProperty("pedantic").GetBoolean().ShouldBeFalse();
        connect.GetProperty("headers").GetBoolean().ShouldBeTrue();
        connect.GetProperty("no_responders").GetBoolean().ShouldBeTrue();
        connect.GetProperty("protocol").GetInt32().ShouldBe(1);
        connect.GetProperty("name").GetString().ShouldBe("orders \"1\"\r\n");
        connect.GetProperty("version").GetString().ShouldNotBeNull().ShouldMatch(@"^\d+\.\d+\.\d+$");
        connect.GetProperty("tls_required").GetBoolean().ShouldBeFalse();
        connect.TryGetProperty("user", out _).ShouldBeFalse();
        connect.TryGetProperty("auth_token", out _).ShouldBeFalse();
    }

    [Fact]
    public void Command_WithCredentials_ShowsThemToTheServer()
    {
        JsonElement user = Write(new NatsConnectionOptions { Username = "ü\"", Password = "p\r\nw" });
        user.GetProperty("user").GetString().ShouldBe("ü\"");
        user.GetProperty("pass").GetString().ShouldBe("p\r\nw");
        Write(new NatsConnectionOptions { Token = "t" }).GetProperty("auth_token").GetString().ShouldBe("t");
    }

    [Fact]
    public void Command_OverTls_SaysSo() => Write(new NatsConnectionOptions(), tls: true).GetProperty("tls_required").GetBoolean().ShouldBeTrue();

    private static JsonElement Write(NatsConnectionOptions options, bool tls = false)
    {
        string text = Encoding.UTF8.GetString(ConnectCommand.Write(options, Credentials.Choose(options, ServerAddress.ParseList(options.Url)[0]), tls: tls));
        string[] lines = text.Split("\r\n");
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("CONNECT ");
        lines[1].ShouldBe("PING");
        return JsonDocument.Parse(lines[0]["CONNECT ".Length..]).RootElement;
    }
}
