using System.Diagnostics;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Telemetry;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Telemetry;

[Collection(nameof(Measured))] // who listens to traces makes the messages of all others carry them
public class ProcessTelemetryTests
{
    private const string Common = "messaging.system=nats, nats.stream=orders, messaging.consumer.group.name=billing";

    [Fact]
    public async Task Message_Handled_IsMeasuredByItsPattern()
    {
        using var metrics = new Metrics("Measured");
        Lane lane = LaneOf("Measured").Handle<int>(StubHandler<int>.On("orders.*", _ => Outcome.Ack));
        await lane.ProcessAsync("orders.secret-customer-7");
        metrics.Seen.ShouldBe(
        [
            $"messaging.client.consumed.messages 1 {{{Common}, messaging.operation.name=process, messaging.destination.template=orders.*}}",
            $"messaging.process.duration {{{Common}, messaging.operation.name=process, messaging.destination.template=orders.*}}",
            $"nats.consumer.settled 1 {{{Common}, nats.outcome=ack}}",
        ]);
    }

    [Fact]
    public async Task Message_Failed_IsMeasuredWithTheTypeOfTheError()
    {
        using var metrics = new Metrics("Failing");
        Lane lane = LaneOf("Failing").Handle(_ => throw new InvalidOperationException("no"));
        await lane.ProcessAsync();
        metrics.Seen[0].ShouldContain("error.type=System.InvalidOperationException");
        metrics.Seen[^1].ShouldBe($"nats.consumer.settled 1 {{{Common}, nats.outcome=retry}}");
    }

    [Theory]
    [InlineData(ErrorAckBehavior.Ack, "exhausted_ack")]
    [InlineData(ErrorAckBehavior.Terminate, "exhausted_term")]
    [InlineData(ErrorAckBehavior.Nak, "exhausted_nak")]
    [InlineData(ErrorAckBehavior.DeadLetter, "dead_letter")]
    public async Task Message_Exhausted_IsCountedByWhatBecameOfIt(ErrorAckBehavior behavior, string outcome)
    {
        string name = $"Exhausted{behavior}";
        using var metrics = new Metrics(name);
        Lane lane = new Lane(new StubConsumer { StubName = name, Exhausted = behavior }).Handle(_ => Outcome.Retry);
        await lane.ProcessAsync(delivered: 3);
        metrics.Seen[^1].ShouldBe($"nats.consumer.settled 1 {{{Common}, nats.outcome={outcome}}}");
    }

    [Fact]
    public async Task Activity_OfAPublishedTrace_IsItsChild()
    {
        var seen = new List<Activity>();
        using ActivityListener listener = Listen(seen, "Traced");
        Lane lane = LaneOf("Traced").Handle<int>(StubHandler<int>.On("orders.{id}", _ => Outcome.Retry));
        await lane.ProcessAsync("orders.7", headers: "NATS/1.0\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: a=b\r\n\r\n");
        Activity activity = seen.ShouldHaveSingleItem();
        (activity.DisplayName, activity.Kind, activity.TraceStateString).ShouldBe(("process orders.{id}", ActivityKind.Consumer, "a=b"));
        activity.ParentId.ShouldBe("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        activity.GetTagItem("nats.outcome").ShouldBe("Retry");
        activity.GetTagItem("messaging.destination.template").ShouldBe("orders.{id}");
        activity.TagObjects.ShouldAllBe(tag => !$"{tag.Value}".Contains("orders.7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Activity_OfAFailure_HasTheException()
    {
        var seen = new List<Activity>();
        using ActivityListener listener = Listen(seen, "TracedFailure");
        Lane lane = LaneOf("TracedFailure").Handle(_ => throw new InvalidOperationException("no"));
        await lane.ProcessAsync();
        Activity activity = seen.ShouldHaveSingleItem();
        (activity.Status, activity.StatusDescription).ShouldBe((ActivityStatusCode.Error, "no"));
        activity.Events.ShouldHaveSingleItem().Name.ShouldBe("exception");
    }

    [Fact]
    public async Task Publish_InAnActivity_CarriesItsTrace()
    {
        var seen = new List<Activity>();
        using ActivityListener listener = Listen(seen, null);
        var connection = new RecordingConnection { Answer = _ => RecordingConnection.Json("""{"stream":"orders","seq":7}""") };
        var publisher = new JetStreamPublisher(connection, new PayloadSerializer(), TimeSpan.FromSeconds(1), new ManualTime());
        using var outer = new Activity("outer").Start();
        await publisher.PublishAsync("orders.created", 1, new PublishOptions { MessageId = "id" });
        Sent sent = connection.Requested.ShouldHaveSingleItem();
        string trace = sent.Headers![TraceHeaders.Parent].ShouldNotBeNull();
        trace.ShouldContain(outer.TraceId.ToHexString());
        sent.Headers!["Nats-Msg-Id"].ShouldBe("id");
    }

    [Fact]
    public async Task Gauges_OfARunningConsumer_SayWhatItHolds()
    {
        using var metrics = new Metrics("Gauged");
        var status = new ConsumerStatus("Gauged", "orders", "billing", 2);
        ConsumerInstruments.Add(status);
        Lane lane = LaneOf("Gauged");
        for (int i = 0; i < 3; i++)
            status.Received(lane.Message().Ack, 1);
        status.Started(1, 1, 5);
        metrics.Observe();
        ConsumerInstruments.Remove(status);
        metrics.Seen.ShouldBe([$"nats.consumer.in_flight 1 {{{Common}}}", $"nats.consumer.buffered 2 {{{Common}}}", $"nats.consumer.lag 7 {{{Common}}}"]);
        status.OldestStart.ShouldBe(5);
        status.Ended(1, 1);
        (status.OldestStart, status.InFlight).ShouldBe((0, 0));
        await Task.CompletedTask;
    }

    private static Lane LaneOf(string name) => new(new StubConsumer { StubName = name });

    private static ActivityListener Listen(List<Activity> seen, string? consumer)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == NatsTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (consumer is not null && consumer.Equals(activity.GetTagItem("nats.consumer")))
                    seen.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
