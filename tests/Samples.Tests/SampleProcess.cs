using System.Diagnostics;
using System.Text;

namespace Nats.Consumer.Samples.Tests;

/// <summary>A sample as its user runs it: a process with arguments and an environment, known by what it prints and its exit code.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly SemaphoreSlim _lines = new(0);

    private SampleProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => Text(_output);

    public string Error => Text(_error);

    public bool HasExited => _process.HasExited;

    /// <param name="sample">The name of the project, or the path of an executable.</param>
    /// <param name="url"><c>NATS_URL</c>; <see langword="null"/> for none.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Other variables.</param>
    public static SampleProcess Start(string sample, string? url, string[] arguments, params (string Name, string Value)[] environment)
    {
        (string program, string[] all) = Path.IsPathRooted(sample)
            ? (sample, arguments)
            : (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Assembly(sample), .. arguments]);
        var start = new ProcessStartInfo(program, all)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(), // no settings file of anybody
        };
        start.Environment.Remove("NATS_URL");
        start.Environment.Remove("Nats__Url");
        if (url is not null)
            start.Environment["NATS_URL"] = url;
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return new SampleProcess(start);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<SampleResult> RunAsync(string sample, string? url, string[] arguments, params (string Name, string Value)[] environment)
    {
        await using SampleProcess process = Start(sample, url, arguments, environment);
        return await process.EndAsync();
    }

    /// <summary>Waits until it has printed a text so many times.</summary>
    public async Task PrintedAsync(string text, int times = 1)
    {
        long begin = Stopwatch.GetTimestamp();
        while (Output.Split(text).Length - 1 < times)
        {
            TimeSpan left = Patience - Stopwatch.GetElapsedTime(begin);
            if (HasExited || left < TimeSpan.Zero || !await _lines.WaitAsync(left))
                Assert.Fail($"'{text}' was not printed {times} times, but:\n{Output}\n{Error}");
        }
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate()
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<SampleResult> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"It does not end. It printed:\n{Output}\n{Error}");
        }

        return new SampleResult(_process.ExitCode, Output, Error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    // artifacts/bin/Samples.Tests/CONFIGURATION is where this runs, artifacts/bin/SAMPLE/CONFIGURATION where the sample is.
    internal static string Assembly(string sample)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(configuration.Parent!.Parent!.FullName, sample, configuration.Name, $"{sample}.dll");
    }

    private void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
        _lines.Release();
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}

/// <summary>How a sample ended.</summary>
internal sealed record SampleResult(int ExitCode, string Output, string Error)
{
    /// <summary>Asserts on the exit code, and shows all that was printed when it is another one.</summary>
    public void ShouldExitWith(int exitCode) => ExitCode.ShouldBe(exitCode, $"It printed:\n{Output}\n{Error}");
}
