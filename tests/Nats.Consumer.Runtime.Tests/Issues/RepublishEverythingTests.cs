using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>An empty source of a republish is everything, and the server writes <c>></c> for it: that was taken for a field that it had ignored.</summary>
[Trait("Category", "Server")]
public class RepublishEverythingTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Create_RepublishOfEverything_IsAsStatedTheSecondTimeToo()
    {
        string name = TestServer.NewName();
        var config = new StreamConfig(name) { Subjects = [$"{name}.>"], Republish = new StreamRepublish("", "again.>") };
        (await server.JetStream.CreateOrUpdateStreamAsync(config)).Config.Republish!.Source.ShouldBe(">");
        (await server.JetStream.CreateOrUpdateStreamAsync(config)).Config.Republish!.Source.ShouldBe(">");
        await server.JetStream.DeleteStreamAsync(name);
    }
}
