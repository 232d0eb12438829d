using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nats.Consumer.Client;
using Nats.Consumer.Configuration;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.Health;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Hosting;

/// <summary>
/// The hosted service: plans, connects, sets up, consumes, and drains when the host stops. What can never work stops the host with one message and exit code 1; a server that
/// is away is waited for.
/// </summary>
internal sealed class NatsWorker(
    IServiceProvider services,
    IOptions<NatsOptions> options,
    ConsumerSet consumers,
    PayloadSerializer payloads,
    HandlerLifetimes lifetimes,
    TimeProvider time,
    WorkerResult result,
    WorkerHealth health,
    SetupGate gate,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : IHostedLifecycleService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger("Nats.Consumer");
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<ConsumerRunner> _runners = [];
    private readonly TaskCompletionSource _mayConsume = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private INatsConnection? _connection;
    private SettingsWatch? _watch;

    /// <summary>Begins to connect and to set up, before any other service of the application starts.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        gate.Close();
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _mayConsume.TrySetResult();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        health.Stopping();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _watch?.Dispose();
        using var deadline = new CancellationTokenSource(options.Value.ShutdownTimeout, time);
        using var again = new SecondSignal(() =>
        {
            Log.Aborting(_logger);
            try
            {
                deadline.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The worker has come to its end at this very moment.
            }
        });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await Task.WhenAll(_runners.Select(runner => runner.StopAsync(either.Token))).ConfigureAwait(false);
        if (_connection is null)
            return;
        _connection.Changed -= OnConnectionChanged;
        if (_runners.Count > 0)
            await new LastWords(_connection, time, _logger).SendAsync(_runners.Max(runner => runner.Owed), either.Token).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _runners.ForEach(runner => runner.Dispose());
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        CancellationToken stop = _stopping.Token;
        try
        {
            if (options.Value.Problem is { } problem)
                throw problem;
            bool setsUp = consumers.SetUpFirst || Get<NatsConnectionProvider>().IsInMemory;
            if (!setsUp)
                gate.Open();
            IReadOnlyList<ConsumerPlan> plans = consumers.Plan();
            _connection = Get<INatsConnection>();
            _connection.Changed += OnConnectionChanged;
            health.Connection = _connection;
            var runtime = new ConsumerRuntime(
                _connection, Get<JetStreamApi>(), Get<JetStreamPublisher>(), payloads, services, lifetimes, time, options.Value.RequestTimeout, Get<MiddlewareTypes>().Types, GiveUp, _logger);
            await Connector.ConnectAsync(_connection, time, runtime.NextRandom, _logger, stop).ConfigureAwait(false);
            var patience = new Patience(time, runtime.NextRandom, _logger);
            await patience.UntilDoneAsync(runtime.Api.CheckEnabledAsync, stop).ConfigureAwait(false);
            if (setsUp)
                await patience.UntilDoneAsync(cancel => StreamSetup.ApplyAsync(plans.Select(plan => plan.Definition), runtime.Api, _logger, cancel), stop).ConfigureAwait(false);
            gate.Open();
            await _mayConsume.Task.WaitAsync(stop).ConfigureAwait(false);
            foreach (ConsumerPlan plan in plans)
            {
                var runner = new ConsumerRunner(plan, runtime);
                _runners.Add(runner);
                await patience.UntilDoneAsync(runner.StartAsync, stop).ConfigureAwait(false);
                health.Add(runner.Status);
            }

            _watch = new SettingsWatch(Get<IConfiguration>(), Get<ConsumerConfiguration>(), plans, _logger);
            health.Started();
            if (result.IsDemonstration)
                await new Demonstration(runtime.Publisher, payloads, _logger).PublishAsync(plans, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopped before it had started
        }
        catch (Exception e)
        {
            if (e is NatsException)
                Log.CannotStart(_logger, e.Message);
            else
                Log.CannotStart(_logger, e.ToString());
            Fail(e.Message);
        }
        finally
        {
            gate.Open();
        }
    }

    // No reconnect can cure it, so nothing would ever be consumed again.
    private void OnConnectionChanged(NatsConnectionEvent change)
    {
        if (change.Kind == NatsConnectionEventKind.Reconnected)
            ConnectionInstruments.Reconnected(options.Value.ConnectionName ?? Get<IHostEnvironment>().ApplicationName);
        if (change.Kind != NatsConnectionEventKind.Closed || _stopping.IsCancellationRequested)
            return;
        string reason = change.Error?.Message ?? "The connection was closed.";
        Log.CannotGoOn(_logger, reason);
        Fail(reason);
    }

    private void GiveUp(Exception error)
    {
        Log.CannotGoOn(_logger, error.Message);
        Fail(error.Message);
    }

    private void Fail(string reason)
    {
        health.Failed(reason);
        result.ExitCode = 1;
        lifetime.StopApplication();
    }

    private T Get<T>()
        where T : notnull => (T)(services.GetService(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not registered."));
}
