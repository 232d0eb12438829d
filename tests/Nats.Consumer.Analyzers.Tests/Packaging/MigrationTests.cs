using Nats.Consumer.Analyzers.Hygiene;

namespace Nats.Consumer.Analyzers.Packaging;

/// <summary>
/// A solution of fifty classes of the old kind in three projects, with the packages. The command line alone moves it; then it builds with warnings as errors, and passes the tests that it passed before.
/// </summary>
[Trait("Category", "Long")]
public sealed class MigrationTests : IAsyncLifetime
{
    private const string Runtime = "<PackageReference Include=\"Nats.Consumer.Runtime\" Version=\"*\" />";

    private Sandbox _sandbox = null!;

    private static string Legacy => Path.Combine(Repository.Root, "tests", "Nats.Consumer.Analyzers.Tests", "Legacy");

    public async ValueTask InitializeAsync() => _sandbox = await Sandbox.CreateAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Solution_IsMovedByTheCommandLineAlone()
    {
        WriteSolution();
        string warned = await RunAsync("build", "Shop.sln", "-v:m");
        CountOf(warned, "warning NATS0601: 'ConventionHandler' is obsolete").ShouldBe(CountOf(warned, "warning NATS0601"));
        warned.ShouldContain("warning NATS0608");
        await CheckAsync();

        string format = await RunAsync("format", "analyzers", "Shop.sln", "--no-restore", "--severity", "info", "-v", "diag", "--diagnostics", "NATS0601", "NATS0607", "NATS0608");
        string moved = Sources();
        moved.Split('\n').Where(line => line.Contains("Convention", StringComparison.Ordinal)).ShouldBeEmpty(format); // the command ends well whatever it left
        CountOf(moved.Replace("Nats.Consumer.ConsumerHandler", "ConsumerHandler", StringComparison.Ordinal), ": ConsumerHandler").ShouldBe(44); // the other six derive from these
        moved.ShouldNotContain("ValidateHandlers();");

        (await RunAsync("build", "Shop.sln", "--no-restore", "-v:m", "-warnaserror")).ShouldContain("0 Warning(s)");
        await CheckAsync();

        // Once more changes nothing.
        await RunAsync("format", "analyzers", "Shop.sln", "--no-restore", "--severity", "info", "--verify-no-changes", "--diagnostics", "NATS0601", "NATS0607", "NATS0608");
        Sources().ShouldBe(moved);
    }

    private async Task CheckAsync()
    {
        string checks = _sandbox.PathOf(Path.Combine("Shop.Checks", "bin", "Debug", "net10.0", "Shop.Checks.dll"));
        var (code, output) = await Dotnet.RunAsync(_sandbox.Folder, "exec", checks, Path.Combine(Legacy, "Shop.Checks", "expected.txt"));
        code.ShouldBe(0, output);
        output.ShouldContain("messages handled, of ");
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output) = await Dotnet.RunAsync(_sandbox.Folder, arguments);
        code.ShouldBe(0, output);
        return output;
    }

    private string Sources() => string.Concat(Directory.EnumerateFiles(_sandbox.Folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Order().Select(File.ReadAllText));

    private void WriteSolution()
    {
        foreach (string path in Directory.EnumerateFiles(Legacy, "*.cs", SearchOption.AllDirectories))
            _sandbox.Write(Path.GetRelativePath(Legacy, path), File.ReadAllText(path));
        WriteProject("Shop.Contracts", Runtime);
        WriteProject("Shop.Orders", "<ProjectReference Include=\"../Shop.Contracts/Shop.Contracts.csproj\" />");
        WriteProject("Shop.Worker", "<ProjectReference Include=\"../Shop.Orders/Shop.Orders.csproj\" />");
        WriteProject("Shop.Checks", "<ProjectReference Include=\"../Shop.Worker/Shop.Worker.csproj\" />", "<OutputType>Exe</OutputType>");
        // No more than the tests need.
        _sandbox.Write("user.props", "<Project><PropertyGroup><DebugType>none</DebugType><UseAppHost>false</UseAppHost><ProduceReferenceAssembly>false</ProduceReferenceAssembly></PropertyGroup></Project>");
        // The wire stays as it is.
        _sandbox.Write(".editorconfig", "root = true\n[*.cs]\nnats_toolkit.allowed_subjects = orders-returned, orders_returned, cache-flushed\n");
        string[] projects = ["Shop.Contracts", "Shop.Orders", "Shop.Worker", "Shop.Checks"];
        string[] ids = [.. projects.Index().Select(project => $"{{00000000-0000-0000-0000-00000000000{project.Index}}}")];
        _sandbox.Write("Shop.sln", string.Join(
            "\r\n",
            [
                "Microsoft Visual Studio Solution File, Format Version 12.00",
                .. projects.Index().SelectMany(project => (string[])[$"Project(\"{{9A19103F-16F7-4668-BE54-9A1E7A4F7556}}\") = \"{project.Item}\", \"{project.Item}\\{project.Item}.csproj\", \"{ids[project.Index]}\"", "EndProject"]),
                "Global",
                "\tGlobalSection(SolutionConfigurationPlatforms) = preSolution",
                "\t\tDebug|Any CPU = Debug|Any CPU",
                "\tEndGlobalSection",
                "\tGlobalSection(ProjectConfigurationPlatforms) = postSolution",
                .. ids.SelectMany(id => (string[])[$"\t\t{id}.Debug|Any CPU.ActiveCfg = Debug|Any CPU", $"\t\t{id}.Debug|Any CPU.Build.0 = Debug|Any CPU"]),
                "\tEndGlobalSection",
                "EndGlobal",
                "",
            ]));
    }

    private void WriteProject(string name, string reference, string property = "") => _sandbox.Write(
        $"{name}/{name}.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>{property}</PropertyGroup><ItemGroup>{reference}</ItemGroup></Project>");

    private static int CountOf(string text, string part) => text.Split(part).Length - 1;
}
