using FsCheck.Fluent;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.JetStream;

public class PullWindowTests
{
    private enum Step
    {
        Refill,
        Receive,
        OverDeliver,
        Take,
        End,
        Reset,
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(100, 50)]
    public void Refill_AtHalf_TopsUp(int size, int half)
    {
        var window = new PullWindow(size);
        window.Refill().Batch.ShouldBe(size);
        for (int held = size - 1; held > half; held--)
            TakeOne(window).ShouldBe(0, $"{held} of {size} are held");
        TakeOne(window).ShouldBe(size - half);
        window.Requested.ShouldBe(size);
    }

    [Fact]
    public void Refill_WindowOfOne_AsksOneAtATime()
    {
        var window = new PullWindow(1);
        for (int i = 0; i < 3; i++)
        {
            window.Refill().Batch.ShouldBe(1);
            window.Refill().Batch.ShouldBe(0);
            window.Received(1);
            window.Refill().Batch.ShouldBe(0);
            window.Taken(1);
        }
    }

    [Fact]
    public void Refill_AfterReset_CountsWhatIsBuffered()
    {
        var window = new PullWindow(10);
        window.Refill();
        for (int i = 0; i < 4; i++)
            window.Received(1);
        window.Reset();
        window.Requested.ShouldBe(0);
        window.Refill().Batch.ShouldBe(6);
    }

    [Fact]
    public void Returned_MoreThanRequested_IsAllOfIt()
    {
        var window = new PullWindow(10);
        window.Refill();
        window.Returned(99, 0);
        window.Requested.ShouldBe(0);
    }

    [Fact]
    public void AnySteps_AgainstAModel_NeverAskTooMuchAndNeverStall() => Samples.ForAll(
        from size in Gen.Choose(1, 9)
        from steps in Gen.ListOf(Gen.Elements(Enum.GetValues<Step>())).Resize(60)
        select (size, steps),
        sample => Follows(sample.size, sample.steps),
        runs: 3_000);

    // The model is what the server and the buffer really hold. Only over-delivery (requests counted as ended that still delivered) may exceed the window.
    private static bool Follows(int size, IEnumerable<Step> steps)
    {
        var window = new PullWindow(size);
        (int requested, int buffered, int over) = (0, 0, 0);
        foreach (Step step in steps)
        {
            switch (step)
            {
                case Step.Receive when requested > 0:
                    (requested, buffered) = (requested - 1, buffered + 1);
                    window.Received(1);
                    break;
                case Step.OverDeliver when requested == 0:
                    (buffered, over) = (buffered + 1, over + 1);
                    window.Received(1);
                    break;
                case Step.Take when buffered > 0:
                    (buffered, over) = (buffered - 1, Math.Max(0, over - 1));
                    window.Taken(1);
                    break;
                case Step.End when requested > 0:
                    int ended = (requested + 1) / 2;
                    requested -= ended;
                    window.Returned(ended, 0);
                    break;
                case Step.Reset:
                    requested = 0;
                    window.Reset();
                    break;
                case Step.Refill:
                    int held = requested + buffered;
                    int batch = window.Refill().Batch;
                    if (batch != (held <= size / 2 ? size - held : 0) || (held == 0 && batch == 0))
                        return false;
                    requested += batch;
                    break;
            }

            if (window.Requested != requested || requested + buffered > size + over)
                return false;
        }

        return true;
    }

    private static int TakeOne(PullWindow window)
    {
        window.Received(1);
        window.Taken(1);
        return window.Refill().Batch;
    }
}
