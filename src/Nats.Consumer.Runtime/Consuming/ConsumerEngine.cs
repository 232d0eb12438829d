using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Handling;
using Nats.Consumer.Health;
using Nats.Consumer.JetStream;
using Nats.Consumer.Settling;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Consuming;

/// <summary>The parts of a running consumer, put together as its definition says.</summary>
internal sealed class ConsumerEngine
{
    private readonly Func<CancellationToken, Task> _end;
    private readonly List<Func<CancellationToken, Task>> _beside = [];
    private readonly ExhaustedSweeper? _sweeper;

    private ConsumerEngine(ConsumerPlan plan, ConsumerRuntime runtime, ConsumerContext context, IMessageSource source, DeadLetterQueue deadLetters, string filter, Func<CancellationToken, Task> end)
    {
        (ConsumerSettings definition, ILogger logger) = (plan.Settings, runtime.Logger);
        (Context, Source, Filter, _end) = (context, source, filter, end);
        Lanes = plan.Definition is OrderedConsumer ? new Lanes(LaneKeys.Single, runtime.Time)
            : plan.LaneKey is { } key ? new Lanes(key, runtime.Time)
            : null;
        Work = Lanes?.Ready ?? source.Queue.Messages;
        Outcomes = new OutcomeSettler(plan.Live, context.Settler, deadLetters, retriesHere: Lanes is not null, runtime.NextRandom, logger, runtime.Probe);
        var activator = new HandlerActivator(runtime.Services, runtime.Lifetimes, plan.Handlers);
        var dispatcher = new Dispatcher(plan.Handlers, activator, definition.Exceptions, runtime.Middleware, runtime.Probe);
        var suspects = new Suspects(plan.Live, runtime.Solitude, source.Queue.Pool, deadLetters, Outcomes, runtime.Time, logger);
        Processor = new MessageProcessor(plan.Live, dispatcher, context.Settler, Outcomes, suspects, runtime.Time, logger);
        if (plan.HasBatches)
            Batches = new BatchProcessor(plan.Live, plan.Handlers[0], activator, dispatcher, Processor, Outcomes, suspects, runtime.Time, logger, runtime.Probe);
        if (!context.AcksNothing && definition.MaxAckExtension > TimeSpan.Zero)
        {
            var extender = new AckExtender(source.Queue.Pool, runtime.Connection, definition.MaxAckExtension, runtime.Time, logger);
            _beside.Add(cancel => extender.RunAsync(AckExtender.Tick(context.Deadlines), cancel));
        }

        if (!context.AcksNothing && definition.OnExhausted != ErrorAckBehavior.Nak) // which leaves the message to whatever the server does
        {
            bool keepsCopies = definition.OnExhausted is ErrorAckBehavior.DeadLetter or ErrorAckBehavior.HandledByHandleError;
            _sweeper = new ExhaustedSweeper(runtime.Connection, runtime.Api, context, keepsCopies ? deadLetters : null, runtime.Time, logger);
            _beside.Add(_sweeper.RunAsync);
        }

        if (!context.AcksNothing)
            _beside.Add(new SaturationWatch(runtime.Connection, runtime.Api, context, runtime.Time, logger).RunAsync);
    }

    public ConsumerContext Context { get; }

    public IMessageSource Source { get; }

    /// <summary>Keeps messages in order; <see langword="null"/> where no order is kept.</summary>
    public Lanes? Lanes { get; }

    /// <summary>
    /// Whether a message leaves the buffer when it is put into its lane, so that a lane that waits does not hold others back: the server bounds how many there are. Where it does not, the buffer has to.
    /// </summary>
    public bool IsTakenIntoLane => Lanes is not null && !Context.AcksNothing;

    /// <summary>Where the workers take messages from.</summary>
    public ChannelReader<InboundMessage> Work { get; }

    public MessageProcessor Processor { get; }

    /// <summary>Processes several messages at a time; <see langword="null"/> where no handler wants that.</summary>
    public BatchProcessor? Batches { get; }

    public OutcomeSettler Outcomes { get; }

    /// <summary>What is consumed, in words.</summary>
    public string Filter { get; }

    /// <exception cref="ConsumerConfigurationException">The consumer cannot work on this server.</exception>
    /// <exception cref="JetStreamException">The server refused, or lacks the stream.</exception>
    public static async Task<ConsumerEngine> CreateAsync(ConsumerPlan plan, ConsumerRuntime runtime, CancellationToken cancellationToken)
    {
        ConsumerSettings definition = plan.Settings;
        var provisioner = new ConsumerProvisioner(runtime.Api, runtime.Logger);
        var deadLetters = new DeadLetterQueue(runtime.Api, runtime.Publisher, definition.StreamName, plan.Durable, runtime.Time);
        if (plan.Definition is OrderedConsumer)
        {
            IReadOnlyList<Subjects.SubjectPattern> filters = await provisioner.CheckAsync(plan, cancellationToken).ConfigureAwait(false);
            await deadLetters.EnsureAsync(cancellationToken).ConfigureAwait(false);
            ConsumerContext position = ContextOf(plan, runtime, new AckDeadlines(definition.AckWait, []), filters) with { AcksNothing = true };
            var source = new OrderedSource(runtime, position, new PullWindow(definition.BatchSize), after => provisioner.OrderedConfig(plan, filters, after));
            return new ConsumerEngine(plan, runtime, position, source, deadLetters, InWords(filters), source.DeleteAsync);
        }

        ProvisionedConsumer provisioned = await provisioner.EnsureAsync(plan, cancellationToken).ConfigureAwait(false);
        await deadLetters.EnsureAsync(cancellationToken).ConfigureAwait(false);
        ConsumerContext context = ContextOf(plan, runtime, provisioned.Description.Deadlines, provisioned.Filters); // the server's, which may differ from ours
        Func<CancellationToken, Task> ensure = cancel => provisioner.RestoreAsync(plan, cancel);
        IMessageSource durable = plan.Definition switch
        {
            PullConsumer => new PullSource(
                runtime.Connection, context, new PullWindow(Math.Min(definition.BatchSize, definition.MaxAckPending), definition.MaxBytes), ensure, runtime.OnFatal, runtime.Time, runtime.Logger),
            PushConsumer => new PushSource(runtime.Connection, context, provisioned.Description.DeliverSubject, ensure, runtime.OnFatal, runtime.Time, runtime.Logger),
            _ => throw new ConsumerConfigurationException($"{definition.Name}: derive from PullConsumer, PushConsumer or OrderedConsumer."),
        };
        return new ConsumerEngine(plan, runtime, context, durable, deadLetters, InWords(provisioned.Filters), _ => Task.CompletedTask);
    }

    /// <summary>Begins to receive.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // First of all: it may be our first pull that makes the server give up on a message, and it says so once.
        if (_sweeper is not null)
            await _sweeper.ListenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Source.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (_sweeper is not null)
                await _sweeper.CloseAsync().ConfigureAwait(false); // or it would be told of messages, and do nothing about them
            throw;
        }
    }

    /// <summary>What has to be done all the time, beside the messages.</summary>
    public Task RunBesideAsync(string name, ILogger logger, CancellationToken cancellationToken)
    {
        return Task.WhenAll(_beside.Select(run => Task.Run(() => RunAsync(run), CancellationToken.None)));

        async Task RunAsync(Func<CancellationToken, Task> run)
        {
            try
            {
                await run(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.LoopFailed(logger, e, name);
            }
        }
    }

    /// <summary>Takes away what was made for this run.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => _end(cancellationToken);

    private static ConsumerContext ContextOf(ConsumerPlan plan, ConsumerRuntime runtime, AckDeadlines deadlines, IReadOnlyList<Subjects.SubjectPattern> filters)
    {
        ConsumerSettings definition = plan.Settings;
        var settler = new Settler(runtime.Connection, runtime.Time, runtime.RequestTimeout, runtime.Logger);
        return new ConsumerContext(plan.Stream, plan.Durable, runtime.Services, runtime.Payloads, settler)
        {
            Deadlines = deadlines,
            Status = new ConsumerStatus(definition.Name, definition.StreamName, plan.Durable, definition.Concurrency),
            Publisher = runtime.Publisher,
            Wanted = filters.SequenceEqual(plan.Subjects) ? null : plan.Subjects,
        };
    }

    private static string InWords(IReadOnlyList<Subjects.SubjectPattern> filters) => filters is [{ Wire: ">" }] ? "all subjects" : string.Join(", ", filters);
}
