using System.Xml.Linq;

namespace Nats.Consumer.Analyzers.Packaging;

/// <summary>
/// The package as a user gets it: packed, restored from a feed on disk into a project of its own, and built with the SDK's compiler.
/// </summary>
[Trait("Category", "Slow")]
public sealed class PackageTests : IAsyncLifetime
{
    private const string Source = """
        using Nats.Consumer;

        public class OrderHandler : ConsumerHandler
        {
            [Handle("orders-created")]
            public Task OnCreatedAsync() => Task.CompletedTask;

            [Handle("Orders.x")]
            public Task OnUpdatedAsync() => Task.CompletedTask;
        }
        """;

    private Sandbox _sandbox = null!;

    private string Consumer => Path.Combine(_sandbox.Folder, "consumer");

    public async ValueTask InitializeAsync() => _sandbox = await Sandbox.CreateAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Package_HoldsRulesFixesAndModes_AndDoesItsWork()
    {
        CheckContent();
        WriteProject();

        // The rules run: a warning, and a hint that is not shown, and that the command line does not lift.
        var (exit, output) = await BuildAsync("--no-incremental", "-warnaserror:NATS0103");
        exit.ShouldBe(0, output);
        output.ShouldContain("OrderHandler.cs(5,13): warning NATS0101");
        output.ShouldNotContain("NATS0103");
        output.ShouldNotContain("CS9057");
        output.ShouldNotContain("CS8032");

        // Nothing to compile, nothing to report.
        (exit, output) = await BuildAsync("--no-restore", "-warnaserror:NATS0101");
        exit.ShouldBe(0, output);
        output.ShouldNotContain("NATS0101");

        (exit, output) = await BuildAsync("--no-restore", "-p:NatsAnalysisMode=Loud");
        exit.ShouldBe(1, output);
        output.ShouldContain("NatsAnalysisMode is 'Loud'. It can be Default, Strict or None.");

        // What a user states wins over the mode, which compiles again what is up to date.
        _sandbox.Write("consumer/.editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.NATS0101.severity = none\n");
        (exit, output) = await BuildAsync("--no-restore", "-p:NatsAnalysisMode=Strict");
        exit.ShouldBe(0, output);
        output.ShouldNotContain("NATS0101");
        output.ShouldContain("warning NATS0103");
    }

    private Task<(int ExitCode, string Output)> BuildAsync(params string[] arguments) => Dotnet.RunAsync(Consumer, ["build", .. arguments]);

    private void CheckContent()
    {
        using var package = Sandbox.OpenPackage("Nats.Consumer.Analyzers");
        package.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("_rels", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal)).Order().ShouldBe(
            ((string[])
            [
                "[Content_Types].xml",
                "Nats.Consumer.Analyzers.nuspec",
                "PACKAGE.md",
                "analyzers/dotnet/cs/Nats.Consumer.Analyzers.CodeFixes.dll",
                "analyzers/dotnet/cs/Nats.Consumer.Analyzers.dll",
                "build/Nats.Consumer.Analyzers.props",
                "buildTransitive/Nats.Consumer.Analyzers.props",
                "config/none.globalconfig",
                "config/strict.globalconfig",
            ]).Order());
        using var nuspec = package.GetEntry("Nats.Consumer.Analyzers.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Descendants().ToList();
        metadata.Single(element => element.Name.LocalName == "developmentDependency").Value.ShouldBe("true");
        metadata.ShouldNotContain(element => element.Name.LocalName == "dependency");
    }

    private void WriteProject()
    {
        _sandbox.Write("consumer/OrderHandler.cs", Source);
        _sandbox.Write("consumer/Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <PackageReference Include="Nats.Consumer.Analyzers" Version="*" />
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Nats.Consumer.Runtime.dll")}" />
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Nats.Consumer.Client.dll")}" />
              </ItemGroup>
            </Project>
            """);
    }
}
