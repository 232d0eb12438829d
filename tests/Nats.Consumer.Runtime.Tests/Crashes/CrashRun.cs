using System.Collections.Concurrent;
using System.Diagnostics;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Crashes;

/// <summary>
/// Workers that share a durable on a work queue and are killed one after the other, while messages keep coming. A successor is at work before its predecessor is killed; now and then it is the one who is
/// killed, at some moment of its start.
/// </summary>
internal sealed class CrashRun(TestServer server, TestStream stream, CrashSetup setup, string[] kinds, int seed) : IAsyncDisposable
{
    private const int Backlog = 100;
    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<ulong, string> _published = new();
    private readonly List<CrashProcess> _all = [];
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private int _kills;

    /// <summary>What was published: the kind of each message by its sequence.</summary>
    public IReadOnlyDictionary<ulong, string> Published => _published;

    /// <summary>What the handlers of all workers wrote down.</summary>
    public IReadOnlyList<Entry> Entries => [.. _all.SelectMany(process => process.Entries)];

    /// <summary>Kills so many, and lets the last one finish what there is.</summary>
    public async Task KillAsync(int times)
    {
        using var enough = new CancellationTokenSource();
        Task publishing = PublishAsync(enough.Token);
        CrashProcess current = Start();
        await current.ConsumesAsync();
        for (_kills = 0; _kills < times; _kills++)
        {
            CrashProcess next = Start();
            if (_random.Next(5) == 0)
            {
                await Task.Delay(_random.Next(600));
                await next.KillAsync();
                continue;
            }

            await next.ConsumesAsync();
            await Task.Delay(_random.Next(100));
            await current.KillAsync();
            current = next;
        }

        await enough.CancelAsync();
        await publishing;
        await stream.SettledAsync(seconds: 60);
        (await current.TerminateAsync()).ShouldBe(0);
    }

    /// <summary>How many runs a kill interrupted: they began, and neither ended nor failed.</summary>
    public int Killed => Entries.Count(entry => entry.Verb == 'S') - Entries.Count(entry => entry.Verb != 'S');

    public string Report()
    {
        return $"nats-server {server.Version}, {setup.Kind}, {setup.Delivery}: {_kills} kills in {_time.Elapsed.TotalSeconds:0} s; {_published.Count} messages, {Entries.Count(entry => entry.Verb == 'S')} runs, "
            + $"{Killed} of them killed";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (CrashProcess process in _all)
            await process.DisposeAsync();
    }

    private CrashProcess Start()
    {
        var process = CrashProcess.Start(server.Url, setup);
        _all.Add(process);
        return process;
    }

    // There is always something to do.
    private async Task PublishAsync(CancellationToken enough)
    {
        var random = new Random(seed + 1000);
        while (!enough.IsCancellationRequested)
        {
            long missing = Backlog - (await stream.InfoAsync()).Messages;
            for (long i = 0; i < missing; i++)
            {
                string kind = kinds[random.Next(kinds.Length)];
                _published[await stream.PublishAsync($"crash.{kind}")] = kind;
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }
}
