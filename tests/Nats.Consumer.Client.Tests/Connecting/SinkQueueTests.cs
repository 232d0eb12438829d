using System.Text;
using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class SinkQueueTests
{
    private readonly SlowSink _sink = new();
    private readonly List<Exception> _errors = [];

    [Fact]
    public void OnMessageAsync_SinkKeepsUp_IsCalledDirectly()
    {
        _sink.Gate = null;
        SinkQueue queue = Queue(bytes: 10);

        for (int i = 0; i < 100; i++)
            Send(queue, i).IsCompletedSuccessfully.ShouldBeTrue();

        _sink.Seen.ShouldBe(Enumerable.Range(0, 100).Select(i => $"{i}"));
    }

    [Fact]
    public async Task OnMessageAsync_SinkDoesNotKeepUp_QueuesInOrderAndThenHoldsBack()
    {
        SinkQueue queue = Queue(bytes: 100);

        Send(queue, 0).IsCompletedSuccessfully.ShouldBeTrue("the first is with the sink");
        int next = 1;
        Task held;
        do
        {
            held = Send(queue, next++);
        }
        while (held.IsCompletedSuccessfully);

        next.ShouldBeGreaterThan(3, "a few fit into the queue");
        _sink.Seen.ShouldBe(["0"]);
        _sink.Open();
        await held.WaitAsync(TimeSpan.FromSeconds(10));
        await queue.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(10));
        _sink.Seen.ShouldBe(Enumerable.Range(0, next).Select(i => $"{i}"));
    }

    [Fact]
    public async Task OnMessageAsync_AfterTheSinkHasCaughtUp_IsCalledDirectlyAgain()
    {
        SinkQueue queue = Queue(bytes: 1000);
        await Send(queue, 0);
        await Send(queue, 1);
        _sink.Open();
        await queue.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(10));
        _sink.Gate = null;

        await Send(queue, 2);

        _sink.Seen.ShouldBe(["0", "1", "2"]);
    }

    [Fact]
    public async Task OnMessageAsync_SinkThrowsAtOnceOrLater_GoesOnAndReports()
    {
        SinkQueue queue = Queue(bytes: 1000);
        await Send(queue, 0);
        _sink.Gate!.SetException(new InvalidOperationException("later"));
        await queue.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(10));
        _sink.Throw = true;
        await Send(queue, 1);
        _sink.Throw = false;
        _sink.Gate = null;

        await Send(queue, 2);

        _errors.Select(error => error.Message).ShouldBe(["later", "at once"]);
        _sink.Seen.ShouldBe(["0", "2"]);
    }

    [Fact]
    public async Task Close_WhileHeldBack_LetsTheReceiveLoopGoAndDiscardsWhatIsQueued()
    {
        SinkQueue queue = Queue(bytes: 10);
        await Send(queue, 0);
        Task held = Send(queue, 1);
        held.IsCompleted.ShouldBeFalse();

        queue.Close(null);

        await held.WaitAsync(TimeSpan.FromSeconds(10));
        Send(queue, 2).IsCompletedSuccessfully.ShouldBeTrue();
        _sink.Open();
        await queue.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(10));
        _sink.Seen.ShouldBe(["0"]);
        _sink.Closed.ShouldBe(1);
    }

    private SinkQueue Queue(int bytes) => new(_sink, bytes, _errors.Add);

    private static Task Send(SinkQueue queue, int number)
    {
        Frame frame = default;
        byte[] payload = Encoding.ASCII.GetBytes($"{number}");
        FrameReader.TryRead(Encoding.ASCII.GetBytes($"MSG a.b 1 {payload.Length}\r\n{number}\r\n"), ref frame, out _).ShouldBeTrue();
        return queue.OnMessageAsync(frame).AsTask();
    }

    private sealed class SlowSink : INatsMessageSink
    {
        public TaskCompletionSource? Gate { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Throw { get; set; }

        public List<string> Seen { get; } = [];

        public int Closed { get; private set; }

        public void Open() => Gate!.SetResult();

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            if (Throw)
                throw new InvalidOperationException("at once");
            Seen.Add(Encoding.ASCII.GetString(message.Payload));
            return Gate is null ? ValueTask.CompletedTask : new ValueTask(Gate.Task);
        }

        public void OnClosed(Exception? reason) => Closed++;
    }
}
