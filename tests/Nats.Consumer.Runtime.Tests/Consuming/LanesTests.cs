using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using Nats.Consumer.Consuming;
using Nats.Consumer.Routing;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>One message of a key at a time, in order; on a clock of the test's own.</summary>
public class LanesTests
{
    private readonly VirtualTime _time = new();
    private readonly Lane _messages = new();
    private readonly Lanes _lanes;

    public LanesTests() => _lanes = new Lanes(message => Utf8Tokens.At(message.SubjectUtf8, 0), _time);

    private enum Step
    {
        Add,
        Finish,
        Park,
        Pass,
    }

    [Fact]
    public void Add_SameKey_WaitsUntilTheFirstIsDone()
    {
        InboundMessage first = Add("a.1"), second = Add("a.2");
        Ready().ShouldBe([first]);
        second.IsWaiting.ShouldBeTrue();
        _lanes.Done(first);
        Ready().ShouldBe([second]);
        _lanes.Done(second);
        Ready().ShouldBe([]);
        Ready(Add("a.3")).ShouldBeTrue("a lane that was empty begins anew");
    }

    [Fact]
    public void Add_OtherKey_IsReadyAtOnce()
    {
        InboundMessage a = Add("a.1");
        Add("a.2");
        InboundMessage b = Add("b.1");
        Ready().ShouldBe([a, b]);
    }

    [Fact]
    public void Park_HoldsItsOwnLaneOnly()
    {
        InboundMessage a1 = Add("a.1"), a2 = Add("a.2");
        Ready().ShouldBe([a1]);
        _lanes.Park(a1, TimeSpan.FromSeconds(5)).ShouldBeTrue();
        InboundMessage b = Add("b.1");
        Ready().ShouldBe([b]);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Ready().ShouldBe([]);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Ready().ShouldBe([a1], "the one that failed, and not its successor");
        _lanes.Done(a1);
        Ready().ShouldBe([a2]);
    }

    [Fact]
    public void Park_NoDelay_IsReadyAtOnce()
    {
        InboundMessage message = Add("a.1");
        Ready();
        _lanes.Park(message, TimeSpan.Zero);
        _time.Advance(TimeSpan.Zero);
        Ready().ShouldBe([message]);
    }

    [Fact]
    public void Close_GivesBackAllThatHasNotBegun_EachLaneInOrder()
    {
        InboundMessage a1 = Add("a.1"), a2 = Add("a.2"), a3 = Add("a.3"), b1 = Add("b.1");
        InboundMessage c1 = Add("c.1"), c2 = Add("c.2");
        _lanes.Ready.TryRead(out InboundMessage? running).ShouldBeTrue();
        running.ShouldBe(a1); // it stays with its handler
        TryTake(b1);
        _lanes.Park(b1, TimeSpan.FromSeconds(1)).ShouldBeTrue();
        _lanes.Close().ShouldBe([c1, a2, a3, b1, c2], ignoreOrder: true);
        _lanes.Add(Message("d.1")).ShouldBeFalse();
        _lanes.Park(a1, TimeSpan.FromSeconds(1)).ShouldBeFalse();
        _lanes.Done(a1);
        _time.Advance(TimeSpan.FromSeconds(2));
        _lanes.Ready.TryRead(out _).ShouldBeFalse("what was parked has been given back");
        _lanes.Ready.Completion.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void AnySteps_KeepEachKeyInOrderAndOneAtATime() => Samples.ForAll(
        Gen.ListOf(from step in Gen.Elements(Enum.GetValues<Step>()) from key in Gen.Choose(0, 3) select (step, key)).Resize(80),
        Follows,
        runs: 1_000);

    // The model is a queue for each key, of which the head is running, parked or ready.
    private static bool Follows(IReadOnlyList<(Step Step, int Key)> steps)
    {
        var time = new VirtualTime();
        var messages = new Lane();
        var lanes = new Lanes(message => Utf8Tokens.At(message.SubjectUtf8, 0), time);
        var waiting = Enumerable.Range(0, 4).Select(_ => new Queue<InboundMessage>()).ToArray();
        var running = new InboundMessage?[4];
        var parked = new bool[4];
        foreach ((Step step, int key) in steps)
        {
            switch (step)
            {
                case Step.Add:
                    InboundMessage message = messages.Message(key.ToString(CultureInfo.InvariantCulture));
                    waiting[key].Enqueue(message);
                    lanes.Add(message);
                    break;
                case Step.Finish when running[key] is { } done:
                    (running[key], _) = (null, waiting[key].Dequeue());
                    lanes.Done(done);
                    break;
                case Step.Park when running[key] is { } failed:
                    (running[key], parked[key]) = (null, true);
                    lanes.Park(failed, TimeSpan.FromSeconds(1 + key));
                    break;
                case Step.Pass:
                    time.Advance(TimeSpan.FromSeconds(10));
                    Array.Clear(parked);
                    break;
            }

            while (lanes.Ready.TryRead(out InboundMessage? ready))
            {
                int of = int.Parse(Encoding.UTF8.GetString(ready.SubjectUtf8), CultureInfo.InvariantCulture);
                if (running[of] is not null || parked[of] || waiting[of].Peek() != ready)
                    return false;
                running[of] = ready;
            }

            for (int i = 0; i < 4; i++)
            {
                if (running[i] is null && !parked[i] && waiting[i].Count > 0)
                    return false; // somebody's turn, and nobody was told
            }
        }

        return true;
    }

    private InboundMessage Message(string subject) => _messages.Message(subject);

    private InboundMessage Add(string subject)
    {
        InboundMessage message = Message(subject);
        _lanes.Add(message).ShouldBeTrue();
        return message;
    }

    private bool Ready(InboundMessage message) => Ready().SequenceEqual([message]);

    private void TryTake(InboundMessage message)
    {
        _lanes.Ready.TryRead(out InboundMessage? taken).ShouldBeTrue();
        taken.ShouldBe(message);
    }

    private List<InboundMessage> Ready()
    {
        var ready = new List<InboundMessage>();
        while (_lanes.Ready.TryRead(out InboundMessage? message))
            ready.Add(message);
        return ready;
    }
}
