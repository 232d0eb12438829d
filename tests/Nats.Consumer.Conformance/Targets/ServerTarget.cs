using System.Diagnostics;
using Nats.Consumer.Client;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Conformance.Targets;

/// <summary>A real nats-server: the one that NATS_SERVER names.</summary>
public sealed class ServerTarget : Target
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);
    private readonly long _start = Stopwatch.GetTimestamp();
    private NatsServerProcess? _server;

    public override Version Version => _server!.Version;

    public override TimeSpan Tolerance => TimeSpan.FromMilliseconds(250);

    public override TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    public override INatsConnection CreateConnection() => Transport.Create(_server!.Url);

    public override async Task<bool> WaitAsync(Func<bool> condition, TimeSpan atMost)
    {
        TimeSpan until = Now + atMost;
        while (!condition())
        {
            if (Now >= until)
                return false;
            await Task.Delay(Look);
        }

        return true;
    }

    public override Task<T> WaitAsync<T>(Task<T> task, TimeSpan atMost) => task.WaitAsync(atMost);

    public override async ValueTask InitializeAsync() => _server = await NatsServerProcess.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
