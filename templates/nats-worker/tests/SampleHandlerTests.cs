using Nats.Consumer;
using Nats.Consumer.Testing;

namespace ROOT_NAMESPACE.Tests;

/// <summary>The whole worker, in the process of the test: a JetStream in memory, and a clock that only the test moves.</summary>
public class SampleHandlerTests
{
    private static readonly Handlers.PayloadRecord Example = new("1", DateTimeOffset.UnixEpoch);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_IsHandledOnceAndAcknowledged()
    {
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("EXAMPLE_SUBJECT", Example, cancellationToken: Cancelled);
        await harness.WaitUntilIdleAsync(Cancelled);

        HandledMessage handled = Assert.Single(harness.AssertHandled("EXAMPLE_SUBJECT"));
        Assert.Equal(["SampleHandler.OnVerbAsync"], handled.Handlers);
        harness.AssertAcknowledged("EXAMPLE_SUBJECT");
    }

    [Fact]
    public async Task Message_CannotBeRead_IsADeadLetter()
    {
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("EXAMPLE_SUBJECT", "no JSON"u8.ToArray(), cancellationToken: Cancelled);
        await harness.WaitUntilIdleAsync(Cancelled);

        harness.AssertDeadLettered("EXAMPLE_SUBJECT", "cannot be read as PayloadRecord");
    }

    // As Program.cs does, with what the worker needs from outside replaced.
    private static Task<ConsumerHarness> StartAsync() =>
        ConsumerHarness.StartAsync(builder => builder.AddNatsConsumers(nats => nats.AddConsumer<SampleConsumer>()), cancellationToken: Cancelled);
}
