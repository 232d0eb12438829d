using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>What a pull source does when a pull is refused, on a connection that a test answers for.</summary>
public class RefusedPullTests
{
    private readonly VirtualTime _time = new();
    private readonly Lane _lane = new();
    private int _ensured;

    private int Pulls => _lane.Connection.Published.Count(sent => sent.Subject.Contains("MSG.NEXT", StringComparison.Ordinal));

    // nats-server answers so to a consumer with priority groups (2.11), with another client pinned (2.11), and when more pulls wait than max_waiting allows.
    [Theory]
    [InlineData("400 Bad Request - Priority Group missing")]
    [InlineData("423 Nats-Pin-Id mismatch")]
    [InlineData("409 Exceeded MaxWaiting")]
    public async Task Pull_Refused_LooksAtTheConsumerAndAsksAgainWithGrowingPauses(string status)
    {
        using var source = new PullSource(_lane.Connection, _lane.Context, new PullWindow(100), EnsureAsync, _ => Assert.Fail("nothing here is fatal"), _time, _lane.Log);
        await source.StartAsync(CancellationToken.None);
        Pulls.ShouldBe(1);
        await AnswerAsync(status);
        await Servers.Until.TrueAsync(() => Pulls == 2, "the second pull");
        _ensured.ShouldBe(1);
        _lane.Log.Entries.ShouldContain(entry => entry.Text == $"Looking at consumer 'billing' of stream 'orders': the server answered a pull with '{status}'.");

        for (int refusal = 2; refusal <= 4; refusal++)
        {
            await AnswerAsync(status);
            await PassAsync(TimeSpan.FromMilliseconds(50 << (refusal - 2)));
            Pulls.ShouldBe(refusal, "it pauses for 0.1, 0.2, 0.4 s");
            await PassAsync(TimeSpan.FromMilliseconds(100 << (refusal - 2)));
            await Servers.Until.TrueAsync(() => Pulls == refusal + 1, $"pull {refusal + 1}");
        }

        await _lane.Connection.Sink!.OnMessageAsync(new ReceivedMessage("orders.created"u8, Lane.Reply(1, 1), default, "{}"u8));
        source.Queue.Messages.TryRead(out _).ShouldBeTrue("what comes then is taken");
        await source.StopAsync(CancellationToken.None);
    }

    private Task EnsureAsync(CancellationToken cancellationToken)
    {
        _ensured++;
        return Task.CompletedTask;
    }

    private ValueTask AnswerAsync(string status) => _lane.Connection.Sink!.OnMessageAsync(
        new ReceivedMessage("_INBOX.1"u8, default, Encoding.UTF8.GetBytes($"NATS/1.0 {status}\r\n\r\n"), default));

    // What waits for the clock gets its turn before and after.
    private async Task PassAsync(TimeSpan time)
    {
        await Task.Delay(30);
        _time.Advance(time);
        await Task.Delay(30);
    }
}
