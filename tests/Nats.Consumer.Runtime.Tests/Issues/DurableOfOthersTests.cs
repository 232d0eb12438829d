using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>
/// Durables that another program has made, as the predecessor's are taken over. <c>plan</c>, <c>setup</c> and <c>doctor</c> failed with a stack trace as soon as a number differed that the code states as an <c>int</c>.
/// And a push consumer without a deliver group was given one: servers accept that, and deliver nothing from then on.
/// </summary>
[Trait("Category", "Server")]
public class DurableOfOthersTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task PullConsumer_WithOtherNumbers_IsPlannedAndTakenOver()
    {
        await using TestStream stream = await server.StreamAsync();
        await MakeAsync(stream, """{"max_deliver":5,"max_ack_pending":7,"backoff":[1000000000,5000000000],"filter_subject":"work.>"}""");
        await stream.PublishAsync("work.1");

        (int exitCode, string output) = await RunAsync(stream.Setup(), "plan");
        exitCode.ShouldBe(2, output);
        output.ShouldContain("max_deliver 5 → 105");
        output.ShouldContain("max_ack_pending 7 → 1000");
        (await RunAsync(stream.Setup(), "doctor")).Output.ShouldContain("drift");

        await using Worker worker = await stream.WorkAsync();
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("default")] // what the predecessor calls each durable that has no name, and what servers call some of their zero values
    public async Task PushConsumer_WithoutADeliverGroup_IsRefusedWithTheWayOut(string durable)
    {
        await using TestStream stream = await server.StreamAsync();
        await MakeAsync(stream, """{"deliver_subject":"_INBOX.of.somebody","filter_subject":"work.>"}""", durable);
        void AsPush(ConsumerSetup setup) => (setup.Kind, setup.Durable) = (ConsumerKind.Push, durable);
        string error = $"WorkConsumer: consumer '{durable}' of stream '{stream.Name}' exists without a deliver group, and a server that gives it one delivers nothing any more. "
            + "Give another DurableName. To go on where this one is, give it DeliverPolicy.ByStartSequence and StartSequence 1 as well, then delete this one.";

        (int exitCode, string output) = await RunAsync(stream.Setup(AsPush), "plan");
        exitCode.ShouldBe(2, output);
        output.ShouldContain(error);
        await using var worker = new Worker(server.Url, stream.Setup(AsPush));
        (await worker.RunAsync()).ShouldBe(1);
        worker.Log.Text.ShouldContain($"The worker cannot start: {error}");
    }

    private async Task MakeAsync(TestStream stream, string config, string durable = "worker")
    {
        var whole = (JsonObject)JsonNode.Parse(config)!;
        (whole["durable_name"], whole["name"], whole["ack_policy"], whole["ack_wait"]) = (durable, durable, "explicit", 30_000_000_000);
        await server.Api.CreateConsumerAsync(stream.Name, whole, CancellationToken.None);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(ConsumerSetup setup, params string[] args)
    {
        await using var worker = new Worker(server.Url, setup);
        using var output = new StringWriter();
        int exitCode = await RunNatsExtensions.RunAsync(worker.Services.GetRequiredService<IHost>(), args, output, output, keyboard: null);
        worker.HasEnded();
        return (exitCode, output.ToString());
    }
}
