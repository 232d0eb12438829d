using System.Collections.Concurrent;
using System.Diagnostics;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Crashes;

/// <summary>
/// Workers that share a durable on a work queue and are killed one after the other, while messages keep coming. A successor is at work before its predecessor is killed; now and then it is the one who is
/// killed, at some moment of its start.
/// </summary>
internal sealed class CrashRun(TestServer server, TestStream stream, CrashSetup setup, string[] kinds, int seed) : IAsyncDisposable
{
    private const int Backlog = 60;
    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<ulong, string> _published = new();
    private readonly List<CrashProcess> _all = [];
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private int _kills;

    /// <summary>What was published: the kind of each message by its sequence.</summary>
    public IReadOnlyDictionary<ulong, string> Published => _published;

    /// <summary>What the handlers of all workers wrote down.</summary>
    public IReadOnlyList<Entry> Entries => [.. _all.SelectMany(process => process.Entries)];

    public async Task KillAsync(int times)
    {
        CrashProcess current = await StartAsync();
        await current.ConsumesAsync();
        for (_kills = 0; _kills < times; _kills++)
        {
            await RefillAsync();
            CrashProcess next = await StartAsync();
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

        await stream.SettledAsync(seconds: 60);
        (await current.TerminateAsync()).ShouldBe(0);
    }

    /// <summary>The sequences of the dead letters.</summary>
    public async Task<IReadOnlyList<ulong>> DeadLettersAsync()
    {
        StreamDescription? letters = await server.Api.GetStreamAsync(stream.DeadLetters, CancellationToken.None);
        return [.. await Task.WhenAll(Enumerable.Range(1, (int)(letters?.LastSequence ?? 0)).Select(async sequence =>
            ulong.Parse((await stream.DeadLetterAsync((ulong)sequence)).Headers["Dead-Letter-Sequence"]!, null)))];
    }

    public string Report()
    {
        IReadOnlyList<Entry> entries = Entries;
        int begun = entries.Count(entry => entry.Verb == 'S');
        return $"nats-server {server.Version}, {setup.Kind}, {setup.Delivery}: {_kills} kills in {_time.Elapsed.TotalSeconds:0} s; {_published.Count} messages, {begun} runs, "
            + $"{begun - entries.Count(entry => entry.Verb == 'E')} of them without an end";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (CrashProcess process in _all)
            await process.DisposeAsync();
    }

    private Task<CrashProcess> StartAsync()
    {
        var process = CrashProcess.Start(server.Url, setup);
        _all.Add(process);
        return Task.FromResult(process);
    }

    // So that each of them finds something to do.
    private async Task RefillAsync()
    {
        long missing = Backlog - (await stream.InfoAsync()).Messages;
        for (long i = 0; i < missing; i++)
        {
            string kind = kinds[_random.Next(kinds.Length)];
            _published[await stream.PublishAsync($"crash.{kind}")] = kind;
        }
    }
}
