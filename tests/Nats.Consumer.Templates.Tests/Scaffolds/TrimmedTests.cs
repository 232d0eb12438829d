using System.Runtime.InteropServices;
using Nats.Consumer.Analyzers.Packaging;
using Nats.Consumer.Samples.Tests;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>Workers of which all that is not referred to has been removed, without a warning: the trimmer's are errors, as the scaffold says, and so are those of its analyzers.</summary>
public class TrimmedTests : WorkbenchTests
{
    [Fact]
    public async Task WorkerWithMetadata_Trimmed_RunsItsDemo()
    {
        SampleResult result = await SampleProcess.RunAsync(await PublishAsync("trimmed", "--aot"), url: null, ["--demo"]);

        result.ShouldExitWith(0);
        result.Output.ShouldContain("Handled orders.created: example of");
        result.Output.ShouldNotContain("warn:");
    }

    /// <summary>Without <c>--aot</c> payloads are read by reflection, which trimming removes: the worker says so before it consumes anything.</summary>
    [Fact]
    public async Task WorkerWithoutMetadata_Trimmed_SaysWhatItNeeds()
    {
        SampleResult result = await SampleProcess.RunAsync(await PublishAsync("trimmed-without-metadata"), url: null, ["--demo"]);

        result.ShouldExitWith(1);
        result.Output.ShouldContain("Add [JsonSerializable(typeof(Order");
        result.Output.ShouldNotContain("Handled");
    }

    private static async Task<string> PublishAsync(string id, params string[] options)
    {
        string folder = Path.Combine(Workbench.Root, "work", id), published = Path.Combine(folder, "published");
        Directory.CreateDirectory(folder);
        (await Workbench.NewAsync(folder, ["nats-worker", "-n", "Trimmed", "--no-restore", "--no-update-check", .. options])).ExitCode.ShouldBe(0);
        var (code, output) = await Dotnet.RunAsync(
            Path.Combine(folder, "Trimmed"), "publish", "-r", RuntimeInformation.RuntimeIdentifier, "-o", published, "-v", "m", "-p:PublishTrimmed=true", "-p:TrimMode=full", "-p:TrimmerSingleWarn=false",
            "-p:IsAotCompatible=true", "-p:EnableTrimAnalyzer=true", "-p:EnableAotAnalyzer=true", "-p:EnableSingleFileAnalyzer=true",
            "-p:DiscoverGlobalAnalyzerConfigFiles=false", "-p:DiscoverEditorConfigFiles=false", "-p:UseSharedCompilation=true");
        Assert.SkipWhen(output.Contains("error NU1101", StringComparison.Ordinal), $"What trimming needs cannot be restored here:\n{output}");
        code.ShouldBe(0, output);
        output.Split('\n').Where(line => line.Contains("warning", StringComparison.Ordinal) && !line.Contains("NETSDK1188", StringComparison.Ordinal)).ShouldBeEmpty(); // of machines without ICU
        return Path.Combine(published, "Trimmed");
    }
}
