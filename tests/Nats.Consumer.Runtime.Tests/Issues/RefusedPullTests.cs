using System.Text.Json.Nodes;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>
/// A server that refuses each pull in the same way (here: somebody has limited the size of requests on the durable) was asked again at once, with two looks at the consumer and a warning each time,
/// thousands of times a second.
/// </summary>
[Trait("Category", "Server")]
public class RefusedPullTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Pull_RefusedAgainAndAgain_IsRepeatedWithGrowingPauses()
    {
        await using TestStream stream = await server.StreamAsync();
        await server.Api.CreateConsumerAsync(
            stream.Name,
            new JsonObject { ["durable_name"] = "worker", ["name"] = "worker", ["ack_policy"] = "explicit", ["max_batch"] = 1, ["filter_subject"] = "work.>", ["ack_wait"] = 30_000_000_000 },
            CancellationToken.None);
        await using Worker worker = await stream.WorkAsync();
        await worker.Log.ContainsAsync("the server answered a pull with '409 Exceeded MaxRequestBatch of 1'");
        await Task.Delay(TimeSpan.FromSeconds(1.5)); // the pauses: 0.1, 0.2, 0.4, 0.8 s
        worker.Log.Count("the server answered a pull with '409 Exceeded MaxRequestBatch of 1'").ShouldBeLessThan(10);
    }
}
