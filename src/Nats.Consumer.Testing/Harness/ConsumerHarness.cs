using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.Testing;

/// <summary>
/// Runs a worker as it is in production inside a test: its own registration, over a JetStream in memory, under a clock that the test moves. Publish, wait until the worker is idle or move the clock, then
/// ask what happened. An hour of retries takes no time. See docs/testing.md.
/// </summary>
/// <remarks>
/// The clock stands still unless it is moved, and is never moved while something goes on: tests do the same each time. Code under test has to take the <see cref="TimeProvider"/> that is injected. Works
/// with any test framework; what is not as expected is a <see cref="ConsumerHarnessException"/> with the timeline of what happened.
/// </remarks>
public sealed partial class ConsumerHarness : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromHours(1);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static long _lastName;

    private readonly Action<HostApplicationBuilder> _configure;
    private readonly ConsumerHarnessOptions _options;
    private readonly string _name = $"harness-{Interlocked.Increment(ref _lastName)}";
    private readonly Flow _flow = new();
    private readonly HandlerCalls _calls = new();
    private readonly SlowHandlers _slow = new();
    private readonly Journal _journal;
    private readonly HarnessServers _servers;
    private readonly Idleness _idleness;
    private readonly HandlerTime _time;
    private readonly List<(WorkerHost Worker, Task End)> _dead = [];
    private WorkerHost? _worker;

    private ConsumerHarness(Action<HostApplicationBuilder> configure, ConsumerHarnessOptions options)
    {
        options.Validate();
        (_configure, _options) = (configure, options);
        Time = new VirtualTime(options.StartTime);
        _time = new HandlerTime(Time);
        _journal = new Journal(Time);
        _servers = new HarnessServers(_name, options.ServerVersion, _time, _journal.Add);
        Server = _servers.Of(null);
        _idleness = new Idleness(_servers, _flow, _calls, options.Patience);
    }

    /// <summary>The clock. Move it by <see cref="AdvanceAsync"/>, which lets the worker do what is due in between.</summary>
    public VirtualTime Time { get; }

    /// <summary>The server of the default connection. With <c>Nats:SubjectPrefix</c> it has the names that a server has, with the prefix; all else here has those of the application.</summary>
    public InMemoryJetStream Server { get; }

    /// <summary>JetStream as a client beside the worker has it, on a connection of its own.</summary>
    public IJetStream JetStream { get; private set; } = null!;

    /// <summary>The server of a named connection (<c>Nats:Connections:NAME</c>): each has one of its own in memory, whatever its URL.</summary>
    /// <param name="connection">The name.</param>
    /// <exception cref="ArgumentException">The worker has no such connection.</exception>
    public InMemoryJetStream ServerOf(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return _servers.ServerOf(connection);
    }

    /// <summary>JetStream of a named connection's server as a client beside the worker has it.</summary>
    /// <param name="connection">The name.</param>
    /// <exception cref="ArgumentException">The worker has no such connection.</exception>
    public IJetStream JetStreamOf(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return _servers.ClientOf(connection);
    }

    /// <summary>The worker's services, such as fakes that the test has registered.</summary>
    /// <exception cref="InvalidOperationException">No worker runs.</exception>
    public IServiceProvider Services => Running.Services;

    /// <summary>Messages that streams have stored, in order; those of the test and of the worker, without dead letters.</summary>
    public IReadOnlyList<PublishedMessage> Published => _journal.Published;

    /// <summary>Attempts to handle messages, in the order in which they ended.</summary>
    public IReadOnlyList<HandledMessage> Handled => _journal.Handled;

    /// <summary>Messages that are tried again, in order, with their delays.</summary>
    public IReadOnlyList<RetriedMessage> Retried => _journal.Retried;

    /// <summary>What the server was told of messages, in order.</summary>
    public IReadOnlyList<Settlement> Settled => _journal.Settled;

    /// <summary>The dead letters of the worker's streams, in order; those that were replayed or deleted since, too.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters => _journal.DeadLetters;

    /// <summary>What happened, a line each, by the harness's clock from the start on: the last 200.</summary>
    public string Timeline => _journal.Render();

    private WorkerHost Running => _worker ?? throw new InvalidOperationException("No worker runs: it was stopped or killed. RestartAsync starts it again.");

    /// <summary>Starts the worker, and waits until it consumes.</summary>
    /// <param name="configure">Registers the application as its <c>Program.cs</c> does: <c>builder => builder.AddNatsConsumers()</c>, and fakes for what it needs. It is called again for each restart.</param>
    /// <param name="options">Which server, which time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConsumerHarnessException">The worker does not start; the message says why.</exception>
    public static async Task<ConsumerHarness> StartAsync(Action<HostApplicationBuilder> configure, ConsumerHarnessOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var harness = new ConsumerHarness(configure, options ?? new ConsumerHarnessOptions());
        try
        {
            await harness.StartWorkerAsync(cancellationToken).ConfigureAwait(false);
            return harness;
        }
        catch
        {
            await harness.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Publishes a value into the stream that captures the subject, as another application would.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="value">Written as the worker writes it, JSON; a <c>byte[]</c> or <see cref="ReadOnlyMemory{T}"/> of byte as it is.</param>
    /// <param name="options">Message id, headers, expectations.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Where the message was stored.</returns>
    /// <exception cref="JetStreamException">No stream captures the subject, or the stream refused the message.</exception>
    public async Task<PublishAck> PublishAsync<T>([StringSyntax("NatsSubject")] string subject, T value, PublishOptions? options = null, CancellationToken cancellationToken = default)
    {
        PublishAck stored = default;
        Task publish = _flow.RunAsync(async () => stored = await JetStream.PublishAsync(subject, value, options, cancellationToken).ConfigureAwait(false));
        await DriveAsync(publish, RequestTimeout * 2, cancellationToken).ConfigureAwait(false);
        return stored;
    }

    /// <inheritdoc cref="PublishAsync{T}(string, T, PublishOptions?, CancellationToken)"/>
    /// <param name="subject">The subject.</param>
    /// <param name="value">The value.</param>
    /// <param name="headers">The message's headers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<PublishAck> PublishAsync<T>([StringSyntax("NatsSubject")] string subject, T value, NatsHeaders headers, CancellationToken cancellationToken = default) =>
        PublishAsync(subject, value, new PublishOptions { Headers = headers }, cancellationToken);

    /// <summary>Ends worker and server. A worker that runs is drained first.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync().ConfigureAwait(false);
            await DriveAsync(Task.WhenAll(_dead.Select(dead => dead.End)), StopLimit, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ConsumerHarnessException or OperationCanceledException)
        {
            // What does not end is left; what a test has to say is more important.
        }

        foreach ((WorkerHost worker, _) in _dead)
            await worker.DisposeAsync().ConfigureAwait(false);
        await _servers.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StartWorkerAsync(CancellationToken cancellationToken)
    {
        var probe = new HarnessProbe(_journal, _calls, _slow, _time, _options.Chance);
        var worker = new WorkerHost(_configure, $"memory://{_name}", _time, probe, _journal, _flow);
        _worker = worker;
        if (_servers.Take(worker.Links) is { } other)
            throw Failure($"The application does not connect to the harness's server{(other.Name is null ? "" : $" by {other.Title}")}. Leave UseConnection, and the URL in ConfigureConnection, out of what StartAsync is given.");
        await ConnectAsync(worker, cancellationToken).ConfigureAwait(false);
        _journal.Note("worker        is started");
        await DriveAsync(worker.StartAsync(), StartLimit, cancellationToken).ConfigureAwait(false);
        await AdvanceUntilAsync(() => worker.Health.Look() is { IsRunning: true } or { Failure: not null }, StartLimit, cancellationToken).ConfigureAwait(false);
    }

    private async Task ConnectAsync(WorkerHost worker, CancellationToken cancellationToken)
    {
        _journal.WatchDeadLettersOf(worker.Services.GetServices<JetStreamConsumer>().Select(consumer => consumer.StreamName));
        PayloadSerializer payloads = _journal.Payloads = worker.Services.GetRequiredService<PayloadSerializer>();
        bool isFirst = JetStream is null;
        JetStream = await _servers.ClientAsync(null, payloads, cancellationToken).ConfigureAwait(false);
        foreach (string name in worker.Links.All.Select(link => link.Name).OfType<string>())
        {
            IJetStream jetStream = await _servers.ClientAsync(name, payloads, cancellationToken).ConfigureAwait(false);
            if (isFirst && _options.ArrangeConnection is { } arrangeNamed)
                await arrangeNamed(name, jetStream).ConfigureAwait(false);
        }

        if (isFirst && _options.Arrange is { } arrange)
            await arrange(JetStream).ConfigureAwait(false);
    }

    private ConsumerHarnessException Failure(string message, Exception? inner = null) => new($"{message}\nWhat happened:\n{Timeline}", inner);
}
