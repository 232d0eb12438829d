namespace Nats.Consumer.Testing.Tests;

public class ServerInfoTests
{
    [Theory]
    [InlineData("2.9.10", 2, 9, 10)]
    [InlineData("v2.15.1", 2, 15, 1)]
    [InlineData("2.12.0-RC.1", 2, 12, 0)]
    [InlineData("2.11.4+deb", 2, 11, 4)]
    public void ParseVersion_ServersVersion_ReturnsItsNumbers(string text, int major, int minor, int build) =>
        ServerInfo.ParseVersion(text).ShouldBe(new Version(major, minor, build));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("dev")]
    public void ParseVersion_NoVersion_ReturnsZero(string? text) => ServerInfo.ParseVersion(text).ShouldBe(new Version(0, 0));

    [Fact]
    public void Parse_WithoutJetStream_SaysSo() =>
        ServerInfo.Parse("""INFO {"server_id":"A","version":"2.9.10"} """).ShouldBe(new ServerInfo(new Version(2, 9, 10), false));

    [Fact]
    public void Parse_WithJetStream_SaysSo() =>
        ServerInfo.Parse("""INFO {"version":"2.15.1","jetstream":true}""").ShouldBe(new ServerInfo(new Version(2, 15, 1), true));

    [Fact]
    public void Parse_NodeOfACluster_CountsItsServers() =>
        ServerInfo.Parse("""INFO {"version":"2.15.1","connect_urls":["127.0.0.1:1","127.0.0.1:2"]}""").ShouldBe(new ServerInfo(new Version(2, 15, 1), false, 2));

    [Fact]
    public void Parse_AnotherServersGreeting_ReturnsNull() => ServerInfo.Parse("220 mail.example ESMTP").ShouldBeNull();
}
