using System.Diagnostics;
using System.Runtime.InteropServices;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Samples.Tests;

/// <summary>The samples as they are when all that is not referred to has been removed: handlers are in the generated tables, or they are not there.</summary>
[Trait("Category", "Slow")]
public sealed class TrimmedTests(TrimmedTests.Folder folder) : IClassFixture<TrimmedTests.Folder>
{
    [Fact]
    public async Task GitHubEvents_Trimmed_AddsUpInMemoryAndOnAServer()
    {
        string sample = await PublishAsync("GitHubEvents");

        SampleResult inMemory = await SampleProcess.RunAsync(sample, url: null, []);
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        SampleResult onServer = await SampleProcess.RunAsync(sample, server.Url, []);

        inMemory.ShouldExitWith(0);
        new GitHubEventsSummary(inMemory.Output).ShouldAddUp();
        onServer.ShouldExitWith(0);
        new GitHubEventsSummary(onServer.Output).ShouldAddUp();
    }

    [Fact]
    public async Task Orders_Trimmed_HandlesEverything()
    {
        string sample = await PublishAsync("Orders");
        string runtime = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(sample)!, "Nats.Consumer.Runtime.dll"), System.Text.Encoding.Latin1);
        runtime.ShouldContain("HandlerFinder");
        runtime.ShouldNotContain("ReflectionCatalog");

        await using SampleProcess process = SampleProcess.Start(sample, url: null, []);
        await process.PrintedAsync("at attempt 2"); // the last thing to happen: the retry
        process.Terminate();
        (await process.EndAsync()).ShouldExitWith(0);
    }

    /// <summary>Publishes without a warning: they are errors here, those of the trimmer as well. In a folder of its own, for the repository's must not be restored for one platform.</summary>
    private async Task<string> PublishAsync(string sample)
    {
        string root = FindRoot(), output = Path.Combine(folder.Path, "published", sample);
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "publish", Path.Combine(root, "samples", sample), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", output, $"-p:ArtifactsPath={Path.Combine(folder.Path, "artifacts")}",
                "-p:PublishTrimmed=true", "-p:TrimMode=full", "-p:TrimmerSingleWarn=false",
                "-p:RunAnalyzers=false", // which have looked at the same code when it was built
                "-p:NuGetAudit=false", // a registry that cannot be asked is waited for
            ])
        { RedirectStandardOutput = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.SkipWhen(said.Contains("error NU1101", StringComparison.Ordinal), $"What trimming needs cannot be restored here:\n{said}");
        process.ExitCode.ShouldBe(0, said);
        said.ShouldNotContain("warning");
        return Path.Combine(output, sample);
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NatsToolkit.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    /// <summary>One for both samples: what they have in common is built once.</summary>
    public sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("nats-trimmed").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
