using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Health;
using Nats.Consumer.JetStream;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Hosting;

/// <summary>The worker on one connection: connects, sets up, consumes, and drains. A server that is away is waited for, and no other one's consumers wait with it.</summary>
internal sealed class WorkerSession(ServerLink link, IReadOnlyList<ConsumerPlan> plans, ConsumerRuntime runtime, WorkerHealth health) : IDisposable
{
    private readonly List<ConsumerRunner> _runners = [];
    private CancellationToken _stop;

    public ServerLink Link => link;

    public IReadOnlyList<ConsumerPlan> Plans => plans;

    public JetStreamPublisher Publisher => runtime.Publisher;

    /// <summary>Completes when all its consumers consume.</summary>
    /// <param name="setsUp">Whether to apply the stream operations first.</param>
    /// <param name="mayConsume">When handlers may be called.</param>
    /// <param name="stop">Cancelled when the worker is told to stop.</param>
    /// <exception cref="NatsException">A consumer can never work.</exception>
    public async Task StartAsync(bool setsUp, Task mayConsume, CancellationToken stop)
    {
        _stop = stop;
        runtime.Connection.Changed += OnChanged;
        if (link.Prefix is { } prefix)
            Log.Prefixed(runtime.Logger, prefix.Meaning);
        await Connector.ConnectAsync(runtime.Connection, link.UrlSetting, runtime.Time, runtime.NextRandom, runtime.Logger, stop).ConfigureAwait(false);
        var patience = new Patience(runtime.Time, runtime.NextRandom, runtime.Logger);
        await patience.UntilDoneAsync(runtime.Api.CheckEnabledAsync, stop).ConfigureAwait(false);
        if (setsUp)
            await patience.UntilDoneAsync(cancel => StreamSetup.ApplyAsync(plans.Select(plan => plan.Definition), runtime.Api, runtime.Logger, cancel), stop).ConfigureAwait(false);
        link.Gate.Open();
        await mayConsume.WaitAsync(stop).ConfigureAwait(false);
        foreach (ConsumerPlan plan in plans)
        {
            var runner = new ConsumerRunner(plan, runtime);
            _runners.Add(runner);
            await patience.UntilDoneAsync(runner.StartAsync, stop).ConfigureAwait(false);
            health.Add(runner.Status);
        }
    }

    /// <summary>Whether there is nothing to handle and nothing that waits to be tried again.</summary>
    public async Task<bool> IsSettledAsync(CancellationToken cancellationToken)
    {
        foreach (ConsumerPlan plan in plans.Where(plan => plan.Definition is not OrderedConsumer)) // which leaves nothing on the server
        {
            if (await runtime.Api.GetConsumerAsync(plan.Stream, plan.Durable, cancellationToken).ConfigureAwait(false) is { Pending: > 0 } or { AckPending: > 0 })
                return false;
        }

        return _runners.TrueForAll(runner => runner.Status is { Buffered: 0, InFlight: 0 });
    }

    /// <summary>Drains. It is started no more.</summary>
    /// <param name="deadline">Cancelled when handlers have to stop, too.</param>
    public async Task StopAsync(CancellationToken deadline)
    {
        await Task.WhenAll(_runners.Select(runner => runner.StopAsync(deadline))).ConfigureAwait(false);
        runtime.Connection.Changed -= OnChanged;
        if (_runners.Count > 0)
            await new LastWords(runtime.Connection, runtime.Time, runtime.Logger).SendAsync(_runners.Max(runner => runner.Owed), deadline).ConfigureAwait(false);
    }

    public void Dispose() => _runners.ForEach(runner => runner.Dispose());

    private void OnChanged(NatsConnectionEvent change)
    {
        if (change.Kind == NatsConnectionEventKind.Reconnected)
            ConnectionInstruments.Reconnected(link.ConnectionName);
        // No reconnect can cure it, so nothing would ever be consumed again.
        if (change.Kind == NatsConnectionEventKind.Closed && !_stop.IsCancellationRequested)
            runtime.OnFatal(change.Error ?? new NatsConnectionException("The connection was closed."));
    }
}
