using System.Text.Json.Nodes;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>
/// An ordered consumer that was lost before its first message started anew at its deliver policy, and missed what had come meanwhile; one whose stream was made anew went on behind the last number of the
/// old stream, and missed the first messages of the new one.
/// </summary>
[Trait("Category", "Server")]
public class OrderedPositionTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData(DeliverPolicy.New)]
    [InlineData(DeliverPolicy.Last)]
    [InlineData(DeliverPolicy.All)]
    public async Task Consumer_LostBeforeItsFirstMessage_StillStartsWhereItStood(DeliverPolicy policy)
    {
        await using TestStream stream = await server.StreamAsync("work.> other.>");
        await stream.PublishAsync("other.1");
        await using Worker worker = await stream.WorkAsync(setup => (setup.Kind, setup.DeliverPolicy) = (ConsumerKind.Ordered, policy));
        foreach (string consumer in await stream.ConsumerNamesAsync())
            await stream.DeleteConsumerAsync(consumer);
        await stream.PublishManyAsync(3); // before it is made anew, or afterwards
        await worker.Script.CountAsync(3);
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe([2UL, 3UL, 4UL]);
    }

    [Fact]
    public async Task Stream_MadeAnew_IsReadFromItsFirstMessageOn()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(setup => setup.Kind = ConsumerKind.Ordered);
        await stream.PublishAsync("work.1");
        await worker.Script.CountAsync(1);
        await server.Api.DeleteStreamAsync(stream.Name, CancellationToken.None);
        await worker.Log.ContainsAsync("does not deliver and cannot be restored yet", 20);
        await server.Api.CreateStreamAsync(new JsonObject { ["name"] = stream.Name, ["subjects"] = new JsonArray("work.>") }, CancellationToken.None);
        await stream.PublishAsync("work.2");
        await stream.PublishAsync("work.3");
        await worker.Script.CountAsync(3, 20);
        worker.Script.Seen.Select(seen => seen.Subject).ShouldBe(["work.1", "work.2", "work.3"]);
    }
}
