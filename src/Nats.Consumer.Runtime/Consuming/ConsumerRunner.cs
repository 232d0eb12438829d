using Nats.Consumer.Client;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Consuming;

/// <summary>Runs one consumer from its durable on the server to its last settlement.</summary>
internal sealed class ConsumerRunner(ConsumerPlan plan, ConsumerRuntime runtime) : IDisposable
{
    private static readonly TimeSpan AbortGrace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource _ended = new();
    private ConsumerEngine? _engine;
    private WorkerPool? _workers;
    private Task _beside = Task.CompletedTask;
    private volatile bool _stopping;
    private long _finished;
    private long _handedBack;
    private long _abandoned;

    public string Name => plan.Name;

    /// <summary>How it is doing; once it has been started.</summary>
    public ConsumerStatus Status => _engine!.Context.Status;

    /// <summary>For how long settlements that wait for a connection are worth waiting for one.</summary>
    public TimeSpan Owed => _engine?.Context.Settler.Owed ?? TimeSpan.Zero;

    /// <exception cref="ConsumerConfigurationException">The consumer cannot work on this server.</exception>
    /// <exception cref="JetStreamException">The server refused, or lacks the stream.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ConsumerEngine engine = await ConsumerEngine.CreateAsync(plan, runtime, cancellationToken).ConfigureAwait(false);
        await engine.StartAsync(cancellationToken).ConfigureAwait(false);
        _engine = engine;
        ConsumerInstruments.Add(engine.Context.Status);
        Log.Consuming(runtime.Logger, Name, plan.Stream, engine.Context.Durable, engine.Filter);
        _beside = Task.WhenAll(engine.RunBesideAsync(Name, runtime.Logger, _ended.Token), engine.Lanes is { } lanes ? Task.Run(() => SortAsync(lanes), CancellationToken.None) : Task.CompletedTask);
        _workers = new WorkerPool(WorkAsync);
        plan.Live.Changed += OnSettingsChanged;
        OnSettingsChanged();
    }

    /// <summary>
    /// Stops asking for messages, lets the handlers that run finish, and gives back what they have not begun. When <paramref name="deadline"/> is cancelled the handlers are told to
    /// stop too, and what does not stop soon is abandoned.
    /// </summary>
    public async Task<ShutdownReceipt> StopAsync(CancellationToken deadline)
    {
        _stopping = true;
        plan.Live.Changed -= OnSettingsChanged;
        if (_engine is not { } engine)
            return default;
        await engine.Source.StopAsync(deadline).ConfigureAwait(false);
        await ForgetRequestsAsync(engine, deadline).ConfigureAwait(false);
        // Not left to the workers: while their handlers run somebody else may as well begin with these.
        while (engine.Source.Queue.Messages.TryRead(out InboundMessage? message))
            await HandBackAsync(message, deadline).ConfigureAwait(false);
        foreach (InboundMessage message in engine.Lanes?.Close() ?? [])
            await HandBackAsync(message, deadline).ConfigureAwait(false);
        Task workers = _workers!.CloseAsync();
        try
        {
            await workers.WaitAsync(deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            await _abort.CancelAsync().ConfigureAwait(false);
            await workers.WaitAsync(AbortGrace, runtime.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Add(ref _abandoned, _workers.Running);
        }

        await _ended.CancelAsync().ConfigureAwait(false); // from now on nothing is extended any more
        await _beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await engine.EndAsync(deadline).ConfigureAwait(false);
        engine.Context.Status.HasEnded = true;
        ConsumerInstruments.Remove(engine.Context.Status);
        var receipt = new ShutdownReceipt(Interlocked.Read(ref _finished), Interlocked.Read(ref _handedBack), Interlocked.Read(ref _abandoned));
        Log.Stopped(runtime.Logger, Name, receipt.Finished, receipt.HandedBack, receipt.Abandoned);
        return receipt;
    }

    public void Dispose()
    {
        _abort.Dispose();
        _ended.Dispose();
        _engine?.Source.Dispose();
    }

    // nats-server 2.9.10 would pick a request of ours, which nobody waits for any more, for the first message that is handed back, find nobody there, and forget that message until its ack wait is
    // over. Looking at the consumer makes it forget such requests.
    private async Task ForgetRequestsAsync(ConsumerEngine engine, CancellationToken cancellationToken)
    {
        if (engine.Context.AcksNothing || runtime.Connection.State != NatsConnectionState.Connected)
            return;
        try
        {
            await runtime.Api.GetConsumerAsync(engine.Context.Stream, engine.Context.Durable, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException)
        {
            // Then it is handed back a little later.
        }
    }

    // Puts what comes into its lane.
    private async Task SortAsync(Lanes lanes)
    {
        try
        {
            await foreach (InboundMessage message in _engine!.Source.Queue.Messages.ReadAllAsync().ConfigureAwait(false))
            {
                if (_engine.IsTakenIntoLane)
                    _engine.Source.Taken(message);
                if (!lanes.Add(message))
                    await HandBackAsync(message, _abort.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            runtime.OnFatal(e); // or else nothing would ever be handled again, and nobody be told
        }
    }

    private void OnSettingsChanged()
    {
        int concurrency = plan.Settings.Concurrency;
        _engine!.Context.Status.MakeRoomFor(concurrency);
        _workers!.Resize(concurrency);
    }

    // One worker: takes a message, processes it, takes the next, until the source is dry. Processing never throws.
    private async Task WorkAsync(int worker)
    {
        ConsumerEngine engine = _engine!;
        while (await engine.Work.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (true)
            {
                if (!_workers!.Keeps(worker))
                    return;
                if (!engine.Work.TryRead(out InboundMessage? message))
                    break;
                try
                {
                    if (_stopping)
                        await HandBackAsync(message, _abort.Token).ConfigureAwait(false);
                    else if (engine.Batches is { } batches)
                        await WorkAsync(worker, engine, batches, await GatherAsync(engine, batches, message).ConfigureAwait(false)).ConfigureAwait(false);
                    else
                        await WorkAsync(worker, engine, message).ConfigureAwait(false);
                }
                catch (Exception e)
                {
                    Log.LoopFailed(runtime.Logger, e, Name); // a worker never ends before its source
                }
            }
        }
    }

    private async ValueTask WorkAsync(int worker, ConsumerEngine engine, InboundMessage message)
    {
        ConsumerStatus status = engine.Context.Status;
        if (!engine.IsTakenIntoLane && message.LocalRetries == 0)
            engine.Source.Taken(message);
        message.HeldSince = runtime.Time.GetTimestamp();
        message.IsWaiting = false;
        status.Started(worker, 1, message.HeldSince);
        Processed processed;
        try
        {
            processed = await engine.Processor.ProcessAsync(message, _abort.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.LoopFailed(runtime.Logger, e, Name);
            processed = new Processed(Progress.Abandoned);
        }

        status.Ended(worker, 1);
        if (processed.Progress == Progress.Parked)
        {
            message.LocalRetries++;
            message.Published = 0;
            status.Parked();
            if (engine.Lanes!.Park(message, processed.Delay))
                return;
            await HandBackAsync(message, _abort.Token).ConfigureAwait(false);
            return;
        }

        Count(processed);
        engine.Lanes?.Done(message);
        engine.Source.Queue.Pool.Return(message);
    }

    private async ValueTask<List<InboundMessage>> GatherAsync(ConsumerEngine engine, BatchProcessor batches, InboundMessage first)
    {
        var messages = new List<InboundMessage> { first };
        (int most, TimeSpan wait) = (batches.Most, batches.Wait); // they may change meanwhile
        using var deadline = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : Timeout.InfiniteTimeSpan, runtime.Time);
        while (messages.Count < most && !_stopping)
        {
            if (engine.Work.TryRead(out InboundMessage? next))
                messages.Add(next);
            else if (wait <= TimeSpan.Zero || !await HasMoreAsync(engine, deadline.Token).ConfigureAwait(false))
                break;
        }

        return messages;
    }

    private static async ValueTask<bool> HasMoreAsync(ConsumerEngine engine, CancellationToken deadline)
    {
        try
        {
            return await engine.Work.WaitToReadAsync(deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async ValueTask WorkAsync(int worker, ConsumerEngine engine, BatchProcessor batches, List<InboundMessage> messages)
    {
        foreach (InboundMessage message in messages)
        {
            engine.Source.Taken(message);
            message.HeldSince = runtime.Time.GetTimestamp();
        }

        engine.Context.Status.Started(worker, messages.Count, runtime.Time.GetTimestamp());
        var open = new HashSet<InboundMessage>(messages);
        try
        {
            await batches.ProcessAsync(messages, Done, _abort.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.LoopFailed(runtime.Logger, e, Name);
            foreach (InboundMessage message in open)
                await GiveBackAsync(message, _abort.Token).ConfigureAwait(false);
        }

        engine.Context.Status.Ended(worker, messages.Count);

        void Done(InboundMessage message, Processed processed)
        {
            open.Remove(message);
            Count(processed);
            engine.Source.Queue.Pool.Return(message);
        }
    }

    private async ValueTask HandBackAsync(InboundMessage message, CancellationToken deadline)
    {
        _engine!.Context.Status.Discarded();
        await GiveBackAsync(message, deadline).ConfigureAwait(false);
    }

    private async ValueTask GiveBackAsync(InboundMessage message, CancellationToken deadline)
    {
        Count(await _engine!.Outcomes.HandBackAsync(new MessageContext(message), message, deadline).ConfigureAwait(false));
        _engine.Source.Queue.Pool.Return(message);
    }

    private void Count(Processed processed)
    {
        switch (processed.Progress)
        {
            case Progress.Finished:
                Interlocked.Increment(ref _finished);
                break;
            case Progress.HandedBack:
                Interlocked.Increment(ref _handedBack);
                break;
            default:
                Interlocked.Increment(ref _abandoned);
                break;
        }
    }
}
