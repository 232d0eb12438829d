using System.Globalization;
using System.Text.RegularExpressions;
using Nats.Consumer.Analyzers.Packaging;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>What a reviewer would see first.</summary>
public class FormatTests : WorkbenchTests
{
    /// <summary>All options in a solution, and a worker with the handlers and consumers that were added to it: white space, style and analyzers, as the workflow of <c>--ci github</c> asks for.</summary>
    [Fact]
    public async Task Scaffolds_NeedNoFormatting()
    {
        string solution = Workbench.WriteSolution("format", [.. ((string[])["default", "everything"]).Select(Scenario.Find).SelectMany(Workbench.ProjectsOf)]);
        var (code, output) = await Dotnet.RunAsync(Workbench.Root, "format", solution, "--verify-no-changes", "--no-restore", "-v", "d");
        code.ShouldBe(0, output);
        foreach (string project in (string[])["Hello", "Everything", "Everything.Tests"])
            Regex.IsMatch(output, $@"Running \d\d\d analyzers on {project}\.").ShouldBeTrue(output);
        int files = int.Parse(Regex.Match(output, @"Formatted 0 of (\d+) files").Groups[1].Value, CultureInfo.InvariantCulture);
        files.ShouldBeGreaterThanOrEqualTo(Workbench.Files["default"].Concat(Workbench.Files["everything"]).Count(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)) + 4);
    }
}
