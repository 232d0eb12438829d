using Nats.Consumer.Analyzers.Packaging;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>The tests that scaffolds bring along.</summary>
public class ScaffoldedTestsTests : WorkbenchTests
{
    public static IEnumerable<TheoryDataRow<string>> WithTests => Scenario.All.Where(scenario => scenario.Has("tests")).Select(scenario => new TheoryDataRow<string>(scenario.Id));

    [Theory]
    [MemberData(nameof(WithTests))]
    public async Task ScaffoldedTests_Pass(string id)
    {
        Scenario scenario = Scenario.Find(id);
        var (code, output) = await Dotnet.RunAsync(Workbench.Root, "exec", Workbench.AssemblyOf(scenario, scenario.Tests));
        code.ShouldBe(0, output);
        output.ShouldContain("Total: 2, Errors: 0, Failed: 0, Skipped: 0");
    }

    /// <summary>As the README of the scaffold says.</summary>
    [Fact]
    public async Task Solution_IsTestedByDotnetTest()
    {
        var (code, output) = await Dotnet.RunAsync(Workbench.FolderOf(Scenario.Find("everything")), "test", "--no-build");
        code.ShouldBe(0, output);
        output.ShouldContain("Passed:     2");
    }
}
