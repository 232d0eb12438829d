using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>An ordered consumer missed a message that was lost on its way only when the next one came: the last message of the day was seen the next morning.</summary>
[Trait("Category", "Server")]
[Trait("Client", "BuiltIn")]
[Collection(LongFirst.Collection + nameof(LostTailTests))]
public class LostTailTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly string[] Subjects = ["read.0", "read.1", "read.2"];

    [Fact]
    public async Task LastMessage_IsLostOnItsWay_ComesWithTheNextHeartbeat()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(3);
        await using var connection = new LossyConnection(new NatsConnection(new NatsConnectionOptions { Url = server.Url }), ".2");
        await using Worker worker = await stream.WorkAsync(setup => setup.Kind = ConsumerKind.Ordered, nats: nats => nats.UseConnection(_ => connection));
        await worker.Script.CountAsync(3, 20);
        worker.Script.Seen.Select(seen => seen.Subject).ShouldBe(["work.0", "work.1", "work.2"]);
        worker.Log.Text.ShouldContain("message 3 was expected, and the server has delivered 3");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LastMessage_IsLostOnTheWayToAReader_ComesWithTheNextHeartbeat(bool stopAtEnd)
    {
        await using TestStream other = await server.StreamAsync("work.>");
        await using TestStream stream = await server.StreamAsync("read.>");
        foreach (string subject in Subjects)
            await stream.PublishAsync(subject);
        await using var connection = new LossyConnection(new NatsConnection(new NatsConnectionOptions { Url = server.Url }), ".2");
        await using Worker worker = await other.WorkAsync(nats: nats => nats.UseConnection(_ => connection));
        var subjects = new List<string>();
        await foreach (JetStreamMessage message in worker.JetStream.ConsumeOrderedAsync(stream.Name, new OrderedOptions { StopAtEnd = stopAtEnd }, TestContext.Current.CancellationToken))
        {
            subjects.Add(message.Subject);
            if (subjects.Count == 3 && !stopAtEnd)
                break;
        }

        connection.HasLost.ShouldBeTrue();
        subjects.ShouldBe(Subjects);
    }
}
