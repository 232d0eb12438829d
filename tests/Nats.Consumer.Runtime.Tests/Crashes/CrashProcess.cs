using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Crashes;

/// <summary>What a handler wrote down: it began (S), ended (E) or failed (F) with a message.</summary>
internal sealed record Entry(char Verb, ulong Sequence, int Delivery);

/// <summary>A worker in a process of its own, which can be killed at any moment.</summary>
internal sealed class CrashProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CrashProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                _ended.TrySetResult(); // all that it wrote has been read
            else
                _lines.Enqueue(line.Data);
        };
        _process.Start();
        _process.BeginOutputReadLine();
    }

    public IReadOnlyList<Entry> Entries => [.. _lines.Where(line => line[0] != 'L').Select(Parse)];

    public int Count(char verb) => _lines.Count(line => line[0] == verb);

    /// <summary>What it logged.</summary>
    public IReadOnlyList<string> Log => [.. _lines.Where(line => line[0] == 'L')];

    public static CrashProcess Start(string url, CrashSetup setup) => new(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [
            Assembly(), $"--Nats:Url={url}", $"--Crash:Stream={setup.Stream}", $"--Crash:Kind={setup.Kind}", $"--Crash:Delivery={setup.Delivery}", $"--Crash:MaxDeliver={setup.MaxDeliver}",
            $"--Crash:AckWait={setup.AckWaitMilliseconds}", $"--Nats:SubjectPrefix={Transport.Prefix}", $"--Crash:Work={setup.WorkMilliseconds}",
        ])
    {
        RedirectStandardOutput = true,
        WorkingDirectory = Path.GetTempPath(), // no settings file of anybody
    });

    public Task ConsumesAsync() => Until.TrueAsync(
        () => Task.FromResult(_process.HasExited || Log.Any(line => line.Contains("' as '", StringComparison.Ordinal))), () => $"a worker that consumes. It wrote:\n{string.Join('\n', _lines)}", 60);

    /// <summary>SIGKILL, and what it had written until then.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _ended.Task;
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync();
        return await ExitAsync();
    }

    /// <summary>SIGTERM, and no waiting for what comes of it.</summary>
    public async Task SignalAsync()
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await _ended.Task;
        return _process.ExitCode;
    }

    public bool HasExited => _process.HasExited;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    // artifacts/bin/Nats.Consumer.Runtime.Tests/CONFIGURATION is where this runs, and the worker is next to it.
    private static string Assembly()
    {
        const string Name = "Nats.Consumer.CrashWorker";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(configuration.Parent!.Parent!.FullName, Name, configuration.Name, $"{Name}.dll");
    }

    private static Entry Parse(string line)
    {
        string[] words = line.Split(' ');
        return new Entry(words[0][0], ulong.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
    }
}

/// <summary>What the workers of a test have in common.</summary>
internal sealed record CrashSetup(string Stream)
{
    public ConsumerKind Kind { get; init; }

    public DeliveryMode Delivery { get; init; }

    public int MaxDeliver { get; init; } = 6;

    public int AckWaitMilliseconds { get; init; } = 1000;

    public int WorkMilliseconds { get; init; } = 100;
}
