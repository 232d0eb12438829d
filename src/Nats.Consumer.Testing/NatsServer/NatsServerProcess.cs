namespace Nats.Consumer.Testing;

/// <summary>
/// A real nats-server for tests: on 127.0.0.1, on a port that was free, with its files in a temporary folder. It can be stopped, killed, frozen and
/// started again on the same port with the same files, and leaves neither process nor folder behind, even when the test process is killed.
/// </summary>
/// <remarks>Members may be called from several threads; starts and stops wait for each other.</remarks>
public sealed partial class NatsServerProcess : IAsyncDisposable
{
    private readonly NatsServerOptions _options;
    private readonly string _binary;
    private readonly ServerFolder _folder;
    private readonly ServerLog _log = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ServerRun? _run;
    private bool _disposed;

    private NatsServerProcess(NatsServerOptions options, string binary)
    {
        _options = options;
        _binary = binary;
        _folder = new ServerFolder(options);
    }

    /// <summary>The address for clients, <c>nats://127.0.0.1:PORT</c>, without credentials. The same for all of the object's life.</summary>
    public string Url => $"nats://127.0.0.1:{Port}";

    /// <summary>The client port. The server chose it at its first start and keeps it from then on.</summary>
    public int Port { get; private set; } = -1;

    /// <summary>The server's version by its own INFO, without a pre-release label.</summary>
    public Version Version { get; private set; } = new(0, 0);

    /// <summary>The operating system's id of the latest run; another one after every start.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Whether the server's process is alive; a frozen one is.</summary>
    public bool IsRunning => _run is { HasExited: false };

    /// <summary>The full path where JetStream keeps its files.</summary>
    public string StoreDirectory => _folder.Store;

    /// <summary>The last 2000 lines that the latest run wrote to its log.</summary>
    public string LogText => _log.Tail();

    /// <summary>Starts a server and waits until it takes clients and, unless switched off, JetStream is on.</summary>
    /// <param name="options">How to start it. Default: the defaults of <see cref="NatsServerOptions"/>.</param>
    /// <param name="cancellationToken">Gives up; nothing is left behind.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="NatsServerException">There is no binary, or the server did not come up; the message holds its log.</exception>
    public static async Task<NatsServerProcess> StartAsync(NatsServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new NatsServerOptions();
        options.Validate();
        var binary = options.BinaryPath is { } given ? BinarySearch.Require(given, nameof(options.BinaryPath)) : NatsServerBinary.Find();
        var server = new NatsServerProcess(options, binary);
        try
        {
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server after <see cref="StopAsync"/>, <see cref="KillAsync"/> or an end of its own: same port, same files.</summary>
    /// <param name="cancellationToken">Gives up; the server is then not running.</param>
    /// <exception cref="InvalidOperationException">The server is running.</exception>
    /// <exception cref="NatsServerException">The server did not come up; the message holds its log.</exception>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => InTurnAsync(() => LaunchAsync(cancellationToken), cancellationToken);

    /// <summary>Stops the server in good order (SIGTERM) and waits for its end. Does nothing when it is not running.</summary>
    /// <param name="cancellationToken">Gives up waiting; the server may end later.</param>
    /// <remarks>A server that takes longer than <see cref="NatsServerOptions.StopTimeout"/> is killed. On Windows it is killed at once.</remarks>
    public Task StopAsync(CancellationToken cancellationToken = default) => InTurnAsync(() => EndAsync(kill: false, cancellationToken), cancellationToken);

    /// <summary>Kills the server as a crash would (SIGKILL) and waits for its end. Does nothing when it is not running.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task KillAsync(CancellationToken cancellationToken = default) => InTurnAsync(() => EndAsync(kill: true, cancellationToken), cancellationToken);

    /// <summary><see cref="StopAsync"/>, then <see cref="StartAgainAsync"/>.</summary>
    /// <param name="cancellationToken">Gives up; the server may then not be running.</param>
    /// <exception cref="NatsServerException">The server did not come up; the message holds its log.</exception>
    public Task RestartAsync(CancellationToken cancellationToken = default) => InTurnAsync(
        async () =>
        {
            await EndAsync(kill: false, cancellationToken);
            await LaunchAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Sends the running server a signal. Does nothing when the server is not running.</summary>
    /// <param name="signal">What to tell it.</param>
    /// <param name="cancellationToken">Gives up waiting; the signal is sent all the same.</param>
    /// <returns>Ends when the signal is sent; for <see cref="NatsServerSignal.Pause"/> on Linux, when every thread of the server stands still.</returns>
    /// <exception cref="PlatformNotSupportedException">On Windows, for all but <see cref="NatsServerSignal.Kill"/>.</exception>
    public async Task SignalAsync(NatsServerSignal signal, CancellationToken cancellationToken = default)
    {
        if (_run is not { } run)
            return;
        run.Send(signal);
        while (signal == NatsServerSignal.Pause && !run.HasExited && Signals.IsOnTheMove(run.Id))
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
    }

    /// <summary>Stops the server and deletes what it wrote, except for a <see cref="NatsServerOptions.StoreDirectory"/> that was given.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_disposed)
                return;
            _disposed = true;
            // What nobody will read needs no good order.
            await EndAsync(kill: _options.StoreDirectory is null, CancellationToken.None);
            _run?.Dispose();
            _folder.Delete();
        }
        finally
        {
            _gate.Release();
        }
    }
}
