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

    [Fact]
    public void Refill_BytesAtHalf_AsksForTheRest()
    {
        var window = new PullWindow(100, 1000);
        window.Refill().ShouldBe(new PullRequest(100, 1000) { IsFirst = true });
        window.Received(400);
        window.Received(400);
        window.Refill().Batch.ShouldBe(0, "98 are requested still");
        window.Returned(98, 200); // the next one did not fit
        window.Exceeded();
        window.Refill().Batch.ShouldBe(0, "800 bytes are buffered");
        window.Taken(400);
        window.Refill().ShouldBe(new PullRequest(99, 600) { IsFirst = true });
    }

    [Fact]
    public void Refill_MessageLargerThanTheLimit_AsksForItAlone()
    {
        var window = new PullWindow(100, 1000);
        window.Refill();
        window.Returned(100, 1000);
        window.Exceeded();
        window.Refill().ShouldBe(new PullRequest(1, 0) { IsFirst = true }, "without a limit");
        window.Received(5000);
        window.Refill().Batch.ShouldBe(0);
        window.Taken(5000);
        window.Refill().ShouldBe(new PullRequest(100, 1000) { IsFirst = true });
    }

    [Fact]
    public void Refill_MessageLargerThanWhatIsLeft_WaitsUntilNothingIsHeld()
    {
        var window = new PullWindow(100, 1000);
        window.Refill();
        window.Received(450);
        window.Returned(99, 550);
        window.Refill().ShouldBe(new PullRequest(99, 550) { IsFirst = true });
        window.Returned(99, 550);
        window.Exceeded(); // 600 bytes, say
        window.Refill().Batch.ShouldBe(0);
        window.Taken(450);
        window.Refill().ShouldBe(new PullRequest(1, 0) { IsFirst = true });
    }

    [Fact]
    public void Refill_ToppedUp_IsNotTheFirst()
    {
        var window = new PullWindow(4);
        window.Refill().IsFirst.ShouldBeTrue();
        for (int i = 0; i < 2; i++)
            window.Received(1);
        for (int i = 0; i < 2; i++)
            window.Taken(1);
        PullRequest second = window.Refill();
        (second.Batch, second.IsFirst).ShouldBe((2, false));
        window.Refill().IsFirst.ShouldBeFalse();
    }

    // A server that follows the protocol, with requests in a row, each with its rest of messages and bytes.
    [Fact]
    public void AnyMessages_WithALimitOfBytes_AllComeAndTheBufferStaysWithinIt() => Samples.ForAll(
        from size in Gen.Choose(1, 10)
        from maxBytes in Gen.Choose(10, 100)
        from sizes in Gen.ListOf(Gen.Frequency((8, Gen.Choose(1, 30)), (1, Gen.Choose(31, 300))))
        from takes in Gen.ListOf(Gen.Choose(0, 3)).Resize(200)
        select (size, maxBytes, sizes, takes),
        sample => AllCome(sample.size, sample.maxBytes, sample.sizes, sample.takes),
        runs: 3_000);

    private static bool AllCome(int size, int maxBytes, List<int> sizes, List<int> takes)
    {
        var window = new PullWindow(size, maxBytes);
        var requests = new Queue<(int Batch, long Bytes, bool Limited)>();
        var stream = new Queue<int>(sizes);
        var buffer = new Queue<int>();
        for (int i = 0; stream.Count > 0 || buffer.Count > 0; i++)
        {
            if (i > 20 * (sizes.Count + 10))
                return false; // stuck
            PullRequest wanted = window.Refill();
            if (wanted.Batch > 0)
                requests.Enqueue((wanted.Batch, wanted.Bytes, wanted.Bytes > 0));
            Serve();
            if (buffer.Count > size || (buffer.Count > 1 && buffer.Sum() > maxBytes))
                return false;
            int take = takes.Count > 0 ? takes[i % takes.Count] : 1;
            for (int taken = 0; taken < Math.Max(take, stream.Count == 0 || requests.Count == 0 ? 1 : 0) && buffer.TryDequeue(out int bytes); taken++)
                window.Taken(bytes);
        }

        return true;

        void Serve()
        {
            while (requests.TryPeek(out (int Batch, long Bytes, bool Limited) request) && stream.TryPeek(out int next))
            {
                if (request.Limited && next > request.Bytes)
                {
                    requests.Dequeue();
                    window.Returned(request.Batch, request.Bytes);
                    window.Exceeded();
                    return; // the client is told, and asks
                }

                stream.Dequeue();
                buffer.Enqueue(next);
                window.Received(next);
                requests.Dequeue();
                if (request.Batch > 1)
                    requests = new([(request.Batch - 1, request.Bytes - next, request.Limited), .. requests]);
            }
        }
    }

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
