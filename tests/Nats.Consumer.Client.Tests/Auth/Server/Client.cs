using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Auth.Server;

/// <summary>A client that keeps its log and its events. What it says must never show a secret.</summary>
internal sealed class Client : ILoggerFactory, ILogger, IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private readonly ConcurrentQueue<string> _said = new();
    private readonly Channel<NatsConnectionEvent> _events = Channel.CreateUnbounded<NatsConnectionEvent>();

    public Client(NatsServerProcess server, Action<NatsConnectionOptions> configure)
    {
        var options = new NatsConnectionOptions { Url = server.Url, LoggerFactory = this, ConnectTimeout = Deadline };
        configure(options);
        Connection = new NatsConnection(options);
        Connection.Changed += change =>
        {
            _said.Enqueue(change.ToString());
            _events.Writer.TryWrite(change);
        };
    }

    public NatsConnection Connection { get; }

    /// <summary>Connects; the server must have handled a PING.</summary>
    public async Task ConnectAsync()
    {
        await Connection.ConnectAsync().AsTask().WaitAsync(Deadline);
        await Connection.FlushAsync().AsTask().WaitAsync(Deadline);
    }

    /// <summary>Connects, which must fail, and neither error nor log may show a secret.</summary>
    public async Task<T> RefusedAsync<T>(params string[] secrets)
        where T : Exception
    {
        T e = await Should.ThrowAsync<T>(Connection.ConnectAsync().AsTask().WaitAsync(Deadline));
        _said.Enqueue(e.ToString());
        ShouldNotShow(secrets);
        return e;
    }

    /// <summary>Waits for an event of this kind and skips others.</summary>
    public async Task<NatsConnectionEvent> NextAsync(NatsConnectionEventKind kind)
    {
        while (true)
        {
            NatsConnectionEvent next = await _events.Reader.ReadAsync().AsTask().WaitAsync(Deadline);
            if (next.Kind == kind)
                return next;
        }
    }

    /// <summary>Waits until the log holds <paramref name="text"/> once more.</summary>
    public async Task SaysAsync(string text)
    {
        int before = Count();
        using var deadline = new CancellationTokenSource(Deadline);
        while (Count() == before)
            await Task.Delay(5, deadline.Token);

        int Count() => _said.Count(line => line.Contains(text, StringComparison.Ordinal));
    }

    public void ShouldNotShow(params string[] secrets)
    {
        foreach (string secret in secrets)
            _said.ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _said.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
