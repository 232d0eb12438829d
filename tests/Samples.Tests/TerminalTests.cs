using System.Diagnostics;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Samples.Tests;

/// <summary>The worker in a pseudo-terminal, as its user sees it: colours, and questions that are answered on the keyboard.</summary>
[Trait("Category", "Server")]
public sealed class TerminalTests
{
    [Fact]
    public async Task Terminal_ColoursAndQuestions_AreShown()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no 'script' to make a pseudo-terminal with.");
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();

        (string plan, _) = await RunAsync(server.Url, "plan", "");
        plan.ShouldContain("\e[32m  + stream 'orders'\e[0m");
        (await SampleProcess.RunAsync("Orders", server.Url, ["setup"])).ShouldExitWith(0);
        (string no, int refused) = await RunAsync(server.Url, "streams delete orders", "n\n");
        no.ShouldContain("Delete stream 'orders'? Deletes 0 messages (0 bytes) and 1 consumer with their positions. There is no way back. [y/N] ");
        no.ShouldContain("Nothing was done.");
        refused.ShouldBe(1);
        (string yes, int done) = await RunAsync(server.Url, "streams delete orders", "y\n");
        yes.ShouldContain("Stream 'orders' deleted.");
        done.ShouldBe(0);
    }

    private static async Task<(string Screen, int ExitCode)> RunAsync(string url, string arguments, string keys)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo("/usr/bin/script", ["-q", "-e", "-c", $"'{dotnet}' '{SampleProcess.Assembly("Orders")}' {arguments}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["NATS_URL"] = url;
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("NO_COLOR");
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(keys);
        await process.StandardInput.FlushAsync();
        string screen = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync();
        return (screen, process.ExitCode);
    }
}
