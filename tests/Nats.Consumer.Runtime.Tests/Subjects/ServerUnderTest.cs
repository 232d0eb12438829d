using System.Diagnostics;
using System.Text.Json;

namespace Nats.Consumer.Tests.Subjects;

/// <summary>A nats-server of our own for one test, from NATS_SERVER or PATH. The test is skipped where there is none.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nats-subjects-");
    private readonly Process _process;

    private ServerUnderTest(string executable)
    {
        string[] arguments = ["-js", "-sd", _directory.FullName, "-a", "127.0.0.1", "-p", "-1", "--ports_file_dir", _directory.FullName];
        _process = Process.Start(new ProcessStartInfo(executable, arguments) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { }; // the log must be read, or the server stops when the pipe is full
        _process.BeginErrorReadLine();
    }

    public int Port { get; private set; }

    public static async Task<ServerUnderTest> StartAsync()
    {
        var executable = Find();
        Assert.SkipWhen(executable is null, "No nats-server found: set NATS_SERVER to the executable or put nats-server on PATH.");
        var server = new ServerUnderTest(executable);
        server.Port = await server.ReadPortAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private static string? Find() =>
        new[] { Environment.GetEnvironmentVariable("NATS_SERVER") }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "nats-server")))
            .FirstOrDefault(File.Exists);

    private async Task<int> ReadPortAsync()
    {
        var file = Path.Combine(_directory.FullName, $"{Path.GetFileName(_process.MainModule!.FileName)}_{_process.Id}.ports");
        for (var attempt = 0; attempt < 500 && !_process.HasExited; attempt++)
        {
            var json = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
            if (json.TrimEnd().EndsWith('}'))
                return new Uri(JsonDocument.Parse(json).RootElement.GetProperty("nats")[0].GetString()!).Port;
            await Task.Delay(20);
        }
        await DisposeAsync();
        throw new InvalidOperationException("The nats-server did not start.");
    }
}
