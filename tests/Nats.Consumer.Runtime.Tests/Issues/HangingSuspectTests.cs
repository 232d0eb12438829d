using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>A suspect whose handler hung kept all other suspects waiting for their turn, each in a worker of its consumer, for ever.</summary>
public class HangingSuspectTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task RunAlone_FirstHangs_SecondIsSentAway()
    {
        var time = new ManualTime { HasTimers = true };
        var solitude = new Solitude(time);
        var hang = new TaskCompletionSource();
        ValueTask<bool> first = solitude.RunAloneAsync(() => new ValueTask(hang.Task), Pause, Pause, CancellationToken.None);
        ValueTask<bool> second = solitude.RunAloneAsync(() => ValueTask.CompletedTask, Pause, Pause, CancellationToken.None);
        time.Advance(Pause);
        (await second).ShouldBeFalse();
        first.IsCompleted.ShouldBeFalse();
        hang.SetResult();
        (await first).ShouldBeTrue();
        (await solitude.RunAloneAsync(() => ValueTask.CompletedTask, Pause, Pause, CancellationToken.None)).ShouldBeTrue();
    }

    // Or else each of them closes the door for its own patience, one after the other.
    [Fact]
    public async Task RunAlone_OthersRunOn_AllThatWaitAreSentAway()
    {
        var time = new ManualTime { HasTimers = true };
        var solitude = new Solitude(time);
        await solitude.EnterAsync(CancellationToken.None);
        ValueTask<bool>[] suspects = [.. Enumerable.Range(0, 3).Select(_ => solitude.RunAloneAsync(() => ValueTask.CompletedTask, Pause, Pause * 10, CancellationToken.None))];
        time.Advance(Pause);
        foreach (ValueTask<bool> suspect in suspects)
            (await suspect).ShouldBeFalse();
        await solitude.EnterAsync(CancellationToken.None);
        solitude.Exit();
        solitude.Exit();
        (await solitude.RunAloneAsync(() => ValueTask.CompletedTask, Pause, Pause, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task RunAlone_GivenUpWhileItWaits_LetsTheNextOneHaveItsTurn()
    {
        var solitude = new Solitude(new ManualTime { HasTimers = true });
        var hang = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        ValueTask<bool> first = solitude.RunAloneAsync(() => new ValueTask(hang.Task), Pause, Pause, CancellationToken.None);
        Task<bool> second = solitude.RunAloneAsync(() => ValueTask.CompletedTask, Pause, Pause, stop.Token).AsTask();
        ValueTask<bool> third = solitude.RunAloneAsync(() => ValueTask.CompletedTask, Pause, Pause, CancellationToken.None);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        hang.SetResult();
        (await first).ShouldBeTrue();
        (await third).ShouldBeTrue();
    }
}

[Trait("Category", "Server")]
public class HangingSuspectServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Consumer_OneOfTwoSuspectsHangs_GoesOn()
    {
        await using TestStream stream = await server.StreamAsync();
        void Set(ConsumerSetup setup) => (setup.MaxDeliver, setup.Concurrency, setup.AckWait) = (1, 2, TimeSpan.FromSeconds(1));
        await (await stream.WorkAsync(Set)).DisposeAsync();
        await stream.PublishAsync("work.hang");
        await stream.PublishAsync("work.other");
        NatsMessage one = await stream.TakeAsync(), two = await stream.TakeAsync();
        await server.Connection.PublishAsync(one.ReplyTo!, "-NAK"u8);
        await server.Connection.PublishAsync(two.ReplyTo!, "-NAK"u8);
        await server.Connection.FlushAsync();
        var hang = new TaskCompletionSource();
        var script = new Script(async (message, _) =>
        {
            if (message.Subject == "work.hang")
                await hang.Task;
            return Outcome.Ack;
        });
        await using Worker worker = await stream.WorkAsync(Set, script);
        try
        {
            await Until.TrueAsync(() => script.Seen.Any(seen => seen.Subject == "work.hang"), "the one that hangs");
            await stream.PublishAsync("work.ok");
            await Until.TrueAsync(() => script.Seen.Any(seen => seen.Subject == "work.ok"), () => $"work.ok is handled; the log:\n{worker.Log.Text}", 30);
        }
        finally
        {
            hang.SetResult();
        }
    }
}
