using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Handling;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Settling;

namespace Nats.Consumer.Consuming;

/// <summary>What became of the messages that a consumer held when it stopped.</summary>
/// <param name="Finished">Handled and settled, since the start.</param>
/// <param name="HandedBack">Buffered and not begun: given back to the server for somebody else.</param>
/// <param name="Abandoned">Begun and stopped, or too late to begin: the server delivers them again after the ack wait.</param>
internal readonly record struct ShutdownReceipt(long Finished, long HandedBack, long Abandoned);

/// <summary>Runs one consumer from its durable on the server to its last settlement.</summary>
internal sealed class ConsumerRunner(ConsumerPlan plan, ConsumerRuntime runtime) : IDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private PullSource? _source;
    private MessageProcessor? _processor;
    private Settler? _settler;
    private Task[] _workers = [];
    private volatile bool _stopping;
    private long _finished;
    private long _handedBack;
    private long _abandoned;

    public string Name => plan.Definition.Name;

    /// <exception cref="ConsumerConfigurationException">The consumer cannot work on this server.</exception>
    /// <exception cref="JetStreamException">The server refused, or lacks the stream.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        JetStreamConsumer definition = plan.Definition;
        ILogger logger = runtime.Logger;
        var provisioner = new ConsumerProvisioner(runtime.Api, logger);
        ProvisionedConsumer provisioned = await provisioner.EnsureAsync(plan, cancellationToken).ConfigureAwait(false);
        DeadLetterQueue deadLetters = new(runtime.Api, runtime.Publisher, definition.StreamName, plan.Durable, runtime.Time);
        await deadLetters.EnsureAsync(cancellationToken).ConfigureAwait(false);

        _settler = new Settler(runtime.Connection, runtime.Time, runtime.RequestTimeout, logger);
        var activator = new HandlerActivator(runtime.Services, runtime.Lifetimes, plan.Handlers);
        _processor = new MessageProcessor(definition, new Dispatcher(plan.Handlers, activator), _settler, deadLetters, runtime.Time, runtime.NextRandom, logger);
        var context = new ConsumerContext(definition.StreamName, plan.Durable, runtime.Services, runtime.Payloads, _settler)
        {
            AckWait = provisioned.Description.AckWait, // the server's, which may differ from ours
            Wanted = provisioned.Wanted,
        };
        int window = definition is PullConsumer pull ? pull.BatchSize : throw new ConsumerConfigurationException($"{Name}: derive from PullConsumer.");
        _source = new PullSource(
            runtime.Connection, context, Math.Min(window, definition.MaxAckPending), cancel => provisioner.EnsureAsync(plan, cancel), runtime.Time, logger);
        await _source.StartAsync(cancellationToken).ConfigureAwait(false);
        Log.Consuming(logger, Name, definition.StreamName, plan.Durable, provisioned.Filters is [{ Wire: ">" }] ? "all subjects" : string.Join(", ", provisioned.Filters));
        _workers = [.. Enumerable.Range(0, definition.Concurrency).Select(_ => Task.Run(WorkAsync, CancellationToken.None))];
    }

    /// <summary>
    /// Stops asking for messages, lets the handlers that run finish, and gives back what they have not begun. When <paramref name="deadline"/> is cancelled the handlers are told to
    /// stop too, and what does not stop soon is abandoned.
    /// </summary>
    public async Task<ShutdownReceipt> StopAsync(CancellationToken deadline)
    {
        _stopping = true;
        if (_source is null)
            return default;
        await _source.StopAsync(deadline).ConfigureAwait(false);
        // Not left to the workers: while their handlers run somebody else may as well begin with these.
        while (_source.Messages.TryRead(out InboundMessage? message))
            await HandBackAsync(message).ConfigureAwait(false);
        Task workers = Task.WhenAll(_workers);
        try
        {
            await workers.WaitAsync(deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            await _abort.CancelAsync().ConfigureAwait(false);
            try
            {
                await workers.WaitAsync(TimeSpan.FromSeconds(1), runtime.Time, CancellationToken.None).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                Interlocked.Add(ref _abandoned, _workers.Count(worker => !worker.IsCompleted));
            }
        }

        var receipt = new ShutdownReceipt(Interlocked.Read(ref _finished), Interlocked.Read(ref _handedBack), Interlocked.Read(ref _abandoned));
        Log.Stopped(runtime.Logger, Name, receipt.Finished, receipt.HandedBack, receipt.Abandoned);
        return receipt;
    }

    public void Dispose()
    {
        _abort.Dispose();
        _source?.Dispose();
    }

    // One worker: takes a message, processes it, takes the next, until the source is dry. Processing never throws.
    private async Task WorkAsync()
    {
        while (await _source!.Messages.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (_source.Messages.TryRead(out InboundMessage? message))
            {
                if (_stopping)
                    await HandBackAsync(message).ConfigureAwait(false);
                else
                    await ProcessAsync(message).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask ProcessAsync(InboundMessage message)
    {
        _source!.Taken();
        try
        {
            if (await _processor!.ProcessAsync(message, _abort.Token).ConfigureAwait(false))
                Interlocked.Increment(ref _finished);
            else
                Interlocked.Increment(ref _abandoned);
        }
        catch (Exception e)
        {
            Log.LoopFailed(runtime.Logger, e, Name);
        }

        _source.Return(message);
    }

    private async ValueTask HandBackAsync(InboundMessage message)
    {
        try
        {
            await _settler!.NakAsync(new MessageContext(message), TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
            Interlocked.Increment(ref _handedBack);
        }
        catch (Exception e)
        {
            Log.SettlementFailed(runtime.Logger, e, message.Ack.StreamSequence, message.Consumer.Stream);
            Interlocked.Increment(ref _abandoned);
        }

        _source!.Return(message);
    }
}

/// <summary>What all consumers of a worker share.</summary>
internal sealed record ConsumerRuntime(
    INatsConnection Connection,
    JetStreamApi Api,
    JetStreamPublisher Publisher,
    PayloadSerializer Payloads,
    IServiceProvider Services,
    HandlerLifetimes Lifetimes,
    TimeProvider Time,
    TimeSpan RequestTimeout,
    ILogger Logger)
{
    private readonly Random _random = new();

    /// <summary>Chance, for jitter.</summary>
    public double NextRandom()
    {
        lock (_random)
            return _random.NextDouble();
    }
}
