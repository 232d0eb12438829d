using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Telemetry;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Telemetry;

/// <summary>Nobody may listen, so no other test may run beside.</summary>
[CollectionDefinition(nameof(NobodyListens), DisableParallelization = true)]
public sealed class NobodyListens;

/// <summary>Telemetry that nobody listens to allocates nothing, on each of its ways.</summary>
[Collection(nameof(NobodyListens))]
public class TelemetryAllocationTests
{
    [Fact]
    public void NobodyListens_ProcessingSettlingPublishing_AllocateNothing()
    {
        Assert.SkipUnless(Allocation.IsOptimized, "Built without optimization.");
        NatsTelemetry.Source.HasListeners().ShouldBeFalse();
        ConsumerInstruments.IsListenedTo.ShouldBeFalse();
        Lane lane = new();
        InboundMessage message = lane.Message();
        InboundMessage[] batch = [message, message];
        var verdict = new Verdict(Outcome.Ack, null);
        var headers = new NatsHeaders { ["a"] = "b" };
        var error = new InvalidOperationException("no");

        Allocation.Of(1000, () =>
        {
            using (ProcessActivity process = ProcessActivity.Begin(message, lane.Time))
                process.Decided(verdict);
            using (BatchActivity batches = BatchActivity.Begin(batch, lane.Time))
                batches.Ended(error);
            using (PublishActivity publish = PublishActivity.Begin(lane.Time))
            {
                publish.Headers(headers);
                publish.Stored(new PublishAck("orders", 1, false));
                publish.Failed(error);
            }

            PublishActivity.HeadersOf(headers);
            ConsumerInstruments.Redelivered(message.Consumer.Status);
            ConsumerInstruments.Settled(message.Consumer.Status, "ack");
            ConnectionInstruments.Reconnected("orders");
        }).ShouldBe(0);
    }
}
