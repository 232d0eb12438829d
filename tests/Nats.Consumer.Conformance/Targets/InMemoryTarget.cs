using Nats.Consumer.Client;
using Nats.Consumer.InMemory;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Conformance.Targets;

/// <summary>The in-memory server with a clock that a case moves while it waits.</summary>
public abstract class InMemoryTarget(InMemoryServerVersion version) : Target
{
    private readonly VirtualTime _time = new();
    private readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private InMemoryJetStream? _server;

    public override Version Version => version.Number;

    public override TimeSpan Tolerance => TimeSpan.FromMilliseconds(1);

    public override TimeSpan Now => _time.GetUtcNow() - _start;

    public InMemoryJetStream Server => _server!;

    public override INatsConnection CreateConnection() => Server.CreateConnection();

    public override async Task<bool> WaitAsync(Func<bool> condition, TimeSpan atMost)
    {
        DateTimeOffset until = _time.GetUtcNow() + atMost;
        while (true)
        {
            for (int i = 0; i < 100; i++)
            {
                if (condition())
                    return true;
                await Task.Yield();
            }

            await SettleAsync();
            if (condition())
                return true;
            if (_time.GetUtcNow() >= until)
                return false;
            _time.TryStep(until);
        }
    }

    public override ValueTask InitializeAsync()
    {
        _server = new InMemoryJetStream(new InMemoryJetStreamOptions { Version = version, TimeProvider = _time });
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }

    // Until nothing goes on: what was sent is handed over, and what that has set going on the thread pool is done.
    private async Task SettleAsync()
    {
        for (int quiet = 0; quiet < 2;)
        {
            long before = Server.Activity;
            await Task.Delay(1);
            quiet = Server.IsIdle && Server.Activity == before ? quiet + 1 : 0;
        }
    }
}

public sealed class InMemory29() : InMemoryTarget(InMemoryServerVersion.Nats29);

public sealed class InMemory215() : InMemoryTarget(InMemoryServerVersion.Nats215);
