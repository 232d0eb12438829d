using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nats.Consumer.Client;
using Nats.Consumer.Configuration;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.Health;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.Hosting;

/// <summary>
/// The hosted service: plans, lets the consumers of each connection run, and drains when the host stops. What can never work stops the host with one message and exit code 1.
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
    ServerLinks links,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : IHostedLifecycleService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger("Nats.Consumer");
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly List<WorkerSession> _sessions = [];
    private readonly TaskCompletionSource _mayConsume = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Solitude _solitude = new(time);
    private Task _running = Task.CompletedTask;
    private SettingsWatch? _watch;
    private CancellationTokenRegistration _listening;
    private SecondSignal? _again;

    /// <summary>Begins to connect and to set up, before any other service of the application starts.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (ServerLink link in links.All)
            link.Gate.Close();
        // At the stop's very beginning: who asks twice may do so before the other services have stopped, and it is this worker's turn.
        _listening = lifetime.ApplicationStopping.Register(() => _again = new SecondSignal(Abort));
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
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _aborting.Token, cancellationToken);
        await Task.WhenAll(_sessions.Select(session => session.StopAsync(either.Token))).ConfigureAwait(false);
        _again?.Dispose();
    }

    public void Dispose()
    {
        _listening.Dispose();
        _again?.Dispose();
        _sessions.ForEach(session => session.Dispose());
        _stopping.Dispose();
        _aborting.Dispose();
    }

    private void Abort()
    {
        Log.Aborting(_logger);
        try
        {
            _aborting.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The worker has come to its end at this very moment.
        }
    }

    private async Task RunAsync()
    {
        try
        {
            if (options.Value.Problem is { } problem)
                throw problem;
            IReadOnlyList<ConsumerPlan> plans = consumers.Plan();
            CheckHandlers(plans);
            foreach (LinkPlans used in links.Of(plans))
            {
                var session = new WorkerSession(used.Link, used.Plans, RuntimeOf(used.Link), health);
                health.Add(used.Link.Title, used.Link.Connection);
                _sessions.Add(session);
            }

            foreach (ServerLink link in links.All.Where(link => !_sessions.Any(session => session.Link == link && SetsUp(link))))
                link.Gate.Open();
            _watch = new SettingsWatch(Get<IConfiguration>(), Get<ConsumerConfiguration>(), plans, _logger);
            bool[] started = await Task.WhenAll(_sessions.Select(StartAsync)).ConfigureAwait(false);
            if (!started.All(session => session))
                return;
            health.Started();
            if (result.IsDemonstration)
                await DemonstrateAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            CannotStart(e);
        }
        finally
        {
            foreach (ServerLink link in links.All)
                link.Gate.Open();
        }
    }

    // Said once, before the first message: each one would fail for the first reason, and be handled too often for the second.
    private void CheckHandlers(IReadOnlyList<ConsumerPlan> plans)
    {
        // Other containers may make what nobody registered.
        if (services.GetService(typeof(IServiceProviderIsService)) is IServiceProviderIsService known && known.GetType().Assembly == typeof(ServiceProvider).Assembly)
        {
            foreach (ConsumerPlan plan in plans)
            {
                if (plan.Handlers.Select(handler => lifetimes.WhyNever(handler.Type, known)).FirstOrDefault(why => why is not null) is { } why)
                    throw new ConsumerConfigurationException($"{plan.Name}: {why}");
            }
        }

        foreach ((ConsumerPlan plan, string problem) in HandledTwice.Of(plans))
            Log.ConsumerWarning(_logger, plan.Name, problem);
    }

    private async Task<bool> StartAsync(WorkerSession session)
    {
        CancellationToken stop = _stopping.Token;
        try
        {
            await session.StartAsync(SetsUp(session.Link), _mayConsume.Task, stop).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false; // stopped before it had started
        }
        catch (Exception e)
        {
            CannotStart(e);
            return false;
        }
    }

    private async Task DemonstrateAsync()
    {
        try
        {
            await new Demonstration(_sessions, payloads, time, _logger).RunAsync(_stopping.Token).ConfigureAwait(false);
            lifetime.StopApplication();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // stopped before its end
        }
    }

    private bool SetsUp(ServerLink link) => consumers.SetUpFirst || link.IsInMemory;

    private ConsumerRuntime RuntimeOf(ServerLink link) => new(
        link.Connection, link.Api, link.Publisher, payloads, services, lifetimes, time, link.Settings.RequestTimeout, Get<MiddlewareTypes>().Types, GiveUp, _logger)
    {
        Solitude = _solitude,
    };

    private void CannotStart(Exception error)
    {
        if (error is NatsException)
            Log.CannotStart(_logger, error.Message);
        else
            Log.CannotStart(_logger, error.ToString());
        Fail(error.Message);
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
