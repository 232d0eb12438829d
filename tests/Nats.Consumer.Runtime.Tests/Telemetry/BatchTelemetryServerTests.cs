using System.Collections.Concurrent;
using System.Diagnostics;
using Nats.Consumer.Telemetry;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Telemetry;

/// <summary>A batch is one activity, linked to those that published its messages, through a window, too.</summary>
[Trait("Category", "Server")]
[Collection(nameof(Measured))] // who listens to traces makes the messages of all others carry them
public class BatchTelemetryServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Batch_OfTracedMessages_IsLinkedToEach()
    {
        var seen = new ConcurrentQueue<Activity>();
        await using TestStream stream = await server.StreamAsync("traced.>");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == NatsTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (stream.Name.Equals(activity.GetTagItem(Tags.Stream)) && activity.Kind == ActivityKind.Consumer)
                    seen.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        string published;
        using (Activity outer = new Activity("outer").Start())
        {
            published = outer.TraceId.ToHexString();
            await server.JetStream.PublishManyAsync([new PublishMessage<int>("traced.n", 1), new PublishMessage<int>("traced.n", 2)]);
            await server.JetStream.PublishAsync("traced.n", 3);
        }

        using var metrics = new Metrics("WorkConsumer");
        await using Worker worker = await stream.WorkAsync(setup => (setup.Handlers, setup.Subjects, setup.MaxWait) = ([typeof(TracedBatches)], ["traced.>"], TimeSpan.FromMilliseconds(300)));
        await stream.SettledAsync();

        Activity activity = seen.ShouldHaveSingleItem();
        activity.DisplayName.ShouldBe("process traced.{what}");
        activity.GetTagItem(Tags.BatchSize).ShouldBe(3);
        activity.Links.Select(link => link.Context.TraceId.ToHexString()).ShouldBe([published, published, published]);
        metrics.Seen.ShouldContain(line => line.StartsWith("messaging.client.consumed.messages 3 ", StringComparison.Ordinal) && line.Contains($"nats.stream={stream.Name}", StringComparison.Ordinal));
    }

    public sealed class TracedBatches(Script script) : ConsumerHandler
    {
        [Handle("traced.{what}")]
        public Task OnAsync(IReadOnlyList<Message<int>> messages) => script.SeeAsync(messages[0].Context);
    }
}
