using Nats.Consumer.Client;
using Nats.Consumer.Health;

namespace Nats.Consumer.Tests.Health;

public class HealthPolicyTests
{
    private static readonly ConsumerSnapshot Fine = new("Orders", null, IsSaturated: false, HasEnded: false, TimeSpan.Zero, 0);

    private static readonly WorkerSnapshot Good = new(IsRunning: true, IsStopping: false, null, [new("the default connection", NatsConnectionState.Connected)], [Fine]);

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "all is well", "Healthy", "Healthy", "All consumers consume." },
        { "cannot start", "Unhealthy", "Unhealthy", "The worker has given up: no stream" },
        { "consumer ended", "Unhealthy", "Unhealthy", "Orders consumes no more: it is a push consumer." },
        { "server gone", "Healthy", "Unhealthy", "There is no connection to NATS (Reconnecting)." },
        { "one server of two gone", "Healthy", "Unhealthy", "There is no connection to NATS (connection 'eu': Connecting)." },
        { "starting", "Healthy", "Unhealthy", "The consumers are being started." },
        { "ending", "Healthy", "Unhealthy", "The worker is ending." },
        { "consumer deleted", "Healthy", "Unhealthy", "Orders gets no messages: the server answered a pull with '409 Consumer Deleted'." },
        { "saturated", "Healthy", "Degraded", "Orders gets no messages, because as many as MaxAckPending allows are unsettled; most likely they wait for their retries. Shorten the delays or raise MaxAckPending." },
        { "stuck handler", "Degraded", "Degraded", "A handler of Orders has been running for 11 minutes. HandlerTimeout would end it." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Worker_InThisState_IsThatHealthy(string state, string live, string ready, string reason)
    {
        WorkerSnapshot worker = state switch
        {
            "cannot start" => Good with { Failure = "no stream" },
            "consumer ended" => With(Fine with { HasEnded = true, Trouble = "it is a push consumer" }),
            "server gone" => Good with { Connections = [new("the default connection", NatsConnectionState.Reconnecting)] },
            "one server of two gone" => Good with { Connections = [.. Good.Connections, new("connection 'eu'", NatsConnectionState.Connecting)] },
            "starting" => Good with { IsRunning = false },
            "ending" => With(Fine with { HasEnded = true }) with { IsStopping = true },
            "consumer deleted" => With(Fine with { Trouble = "the server answered a pull with '409 Consumer Deleted'" }),
            "saturated" => With(Fine with { IsSaturated = true }),
            "stuck handler" => With(Fine with { OldestHandler = TimeSpan.FromMinutes(11), InFlight = 1 }),
            _ => Good,
        };
        HealthPolicy.Live(worker).Status.ToString().ShouldBe(live);
        HealthVerdict verdict = HealthPolicy.Ready(worker);
        (verdict.Status.ToString(), verdict.Reason).ShouldBe((ready, reason));
    }

    private static WorkerSnapshot With(ConsumerSnapshot consumer) => Good with { Consumers = [Fine with { Name = "Other" }, consumer] };
}
