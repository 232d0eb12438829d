using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

[Trait("Category", "Server")]
public class ConsumerProvisionerServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Durable_New_IsExplicitWithMarginAndWithoutBackoff()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(setup =>
        {
            (setup.MaxDeliver, setup.AckWait, setup.MaxAckPending) = (3, TimeSpan.FromSeconds(7), 42);
            setup.BackoffDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];
        });

        JsonObject config = (await stream.ConsumerAsync()).Config;
        ((string?)config["ack_policy"]).ShouldBe("explicit");
        ((long?)config["ack_wait"]).ShouldBe(7_000_000_000);
        ((int?)config["max_deliver"])!.Value.ShouldBeGreaterThan(3, "so that a dead letter that cannot be stored comes back");
        ((int?)config["max_ack_pending"]).ShouldBe(42);
        ((string?)config["deliver_policy"]).ShouldBe("all");
        ((string?)config["filter_subject"]).ShouldBe("work.>");
        config["backoff"].ShouldBeNull();
        config["deliver_subject"].ShouldBeNull();
        worker.Log.Text.ShouldContain($"Consumer 'worker' of stream '{stream.Name}' created.");
    }

    [Fact]
    public async Task Durable_StartedTwice_IsLeftAlone()
    {
        await using TestStream stream = await server.StreamAsync();
        await using (Worker first = await stream.WorkAsync())
        {
        }

        await using Worker second = await stream.WorkAsync();
        second.Log.Text.ShouldNotContain($"Consumer 'worker' of stream '{stream.Name}'");
        second.Log.Worse(LogLevel.Warning).ShouldBeEmpty();
    }

    [Fact]
    public async Task Durable_SettingsChanged_AreUpdatedAndTheRestSurvives()
    {
        await using TestStream stream = await server.StreamAsync("work.> other.>");
        await using (Worker first = await stream.WorkAsync())
        {
        }

        JsonObject theirs = (await stream.ConsumerAsync()).Config;
        theirs["description"] = "set by somebody else";
        theirs["inactive_threshold"] = 3_600_000_000_000;
        await server.Api.UpdateConsumerAsync(stream.Name, theirs, CancellationToken.None);
        await using Worker second = await stream.WorkAsync(setup =>
            (setup.AckWait, setup.MaxAckPending, setup.Subjects) = (TimeSpan.FromSeconds(9), 10, ["work.a"]));

        JsonObject config = (await stream.ConsumerAsync()).Config;
        ((long?)config["ack_wait"], (int?)config["max_ack_pending"], (string?)config["filter_subject"]).ShouldBe((9_000_000_000, 10, "work.a"));
        ((string?)config["description"], (long?)config["inactive_threshold"]).ShouldBe(("set by somebody else", 3_600_000_000_000));
        second.Log.Text.ShouldContain("updated: ack_wait 30s → 9s; max_ack_pending 1000 → 10; filter_subject \"work.>\" → \"work.a\".");
        await stream.PublishAsync("work.b");
        await stream.PublishAsync("work.a");
        await second.Script.CountAsync(1);
        second.Script.Seen.Single().Subject.ShouldBe("work.a");
    }

    [Fact]
    public async Task Durable_OtherDeliverPolicy_IsRefusedWithTheWayOut()
    {
        await using TestStream stream = await server.StreamAsync();
        await using (Worker first = await stream.WorkAsync())
        {
        }

        await FailsAsync(stream.Setup(setup => setup.DeliverPolicy = DeliverPolicy.New),
            $"WorkConsumer: consumer 'worker' of stream '{stream.Name}' exists with another deliver_policy (\"all\" instead of \"new\"), which the server cannot change. "
            + "Change the code back, give another DurableName, or delete the consumer; a new one starts from its deliver policy.");
    }

    [Fact]
    public async Task Durable_IsAPushConsumer_IsRefusedWithTheWayOut()
    {
        await using TestStream stream = await server.StreamAsync();
        await server.Api.CreateConsumerAsync(
            stream.Name, new JsonObject { ["durable_name"] = "worker", ["name"] = "worker", ["ack_policy"] = "explicit", ["deliver_subject"] = "push.here" }, CancellationToken.None);
        await FailsAsync(stream.Setup(),
            $"WorkConsumer: consumer 'worker' of stream '{stream.Name}' is a push consumer, and the server cannot make a pull consumer of it. Give another DurableName, or delete the consumer.");
    }

    [Fact]
    public async Task Stream_Missing_IsAnErrorThatNamesSetup() =>
        await FailsAsync(new ConsumerSetup { Stream = "nowhere" },
            "WorkConsumer: stream 'nowhere' does not exist. Run the worker with --setup to create what WorkConsumer.Setup() asks for, or create the stream.");

    [Fact]
    public async Task Stream_DoesNotCaptureTheSubject_IsRefusedWithTheWayOut()
    {
        await using TestStream stream = await server.StreamAsync("orders.> invoices.>");
        await FailsAsync(stream.Setup(),
            $"WorkConsumer: stream '{stream.Name}' captures orders.>, invoices.>, and nothing of 'work.>'. Add the subject to the stream's (Setup() and --setup), or correct the [Handle].");
    }

    [Fact]
    public async Task WorkQueue_OneConsumer_RemovesWhatIsHandled()
    {
        await using TestStream stream = await server.StreamAsync(configure: config => config["retention"] = "workqueue");
        await stream.PublishManyAsync(20);
        await using Worker worker = await stream.WorkAsync();
        await Until.TrueAsync(async () => (await stream.InfoAsync()).Messages == 0, "an empty work queue");
        worker.Script.Distinct.ShouldBe(20);
        worker.Script.Count.ShouldBe(20);
    }

    [Fact]
    public async Task WorkQueue_SecondConsumerForTheSameSubjects_PassesTheServersErrorOn()
    {
        await using TestStream stream = await server.StreamAsync(configure: config => config["retention"] = "workqueue");
        await using Worker worker = await stream.WorkAsync();
        await FailsAsync(stream.Setup(setup => setup.Durable = "another"), "Creating consumer 'another' of stream");
    }

    private async Task FailsAsync(ConsumerSetup setup, string why)
    {
        await using var worker = new Worker(server.Url, setup);
        (await worker.RunAsync()).ShouldBe(1);
        worker.Log.Worse(LogLevel.Critical).ShouldHaveSingleItem().Text.ShouldContain(why);
    }
}
