using System.Text.Json;
using Nats.Consumer.Analyzers.Hygiene;

namespace Nats.Consumer.Analyzers.Packaging;

/// <summary>What docs/analyzers.md says to do is done, in a project with the packages.</summary>
[Trait("Category", "Slow")]
public sealed class GuideTests : IAsyncLifetime
{
    private const string Handlers = """
        using Nats.Consumer;

        public class OrderHandler : ConsumerHandler
        {
            [Handle("orders-created")]
            public Task OnCreatedAsync() => Task.CompletedTask;

            [Handle("Orders.x")]
            public async Task OnUpdatedAsync()
            {
                Thread.Sleep(1);
                await Task.Yield();
            }
        }
        """;

    private Sandbox _sandbox = null!;

    public async ValueTask InitializeAsync() => _sandbox = await Sandbox.CreateAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Gate_StopsWhatItSays_AndFixesApply()
    {
        WriteWorker();
        // In a folder where subjects are changed by a bridge, publishers stay as they are.
        const string Bridged = """
            using Nats.Consumer;

            public class BridgedHandler(IJetStream jetStream) : ConsumerHandler
            {
                [Handle("old-subject")]
                public async Task OnOldAsync() => await jetStream.PublishAsync("old-subject", "{}");
            }
            """;
        _sandbox.Write("worker/Bridged/Bridged.cs", Bridged);
        _sandbox.Write("worker/Bridged/.editorconfig", "[*.cs]\nnats_toolkit.separator_fix = bridge\n");
        string[] gate = Guide.Block("bash", "CI=true").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        gate.Length.ShouldBe(2);
        _sandbox.Write("user.props", Guide.Block("xml", "Directory.Build.props"));
        var (code, output) = await _sandbox.BashAsync("worker", gate[0]);
        code.ShouldBe(1, output);
        output.ShouldContain("Handlers.cs(5,13): error NATS0101");
        output.ShouldContain("Handlers.cs(8,13): warning NATS0103");
        CheckLog(await File.ReadAllTextAsync(_sandbox.PathOf("worker/Worker.sarif")));
        File.Delete(_sandbox.PathOf("user.props"));

        (code, output) = await _sandbox.BashAsync("worker", gate[1]);
        code.ShouldBe(2, output);
        (code, output) = await _sandbox.BashAsync("worker", Guide.Block("bash", "analyzers --no-restore --severity"));
        code.ShouldBe(0, output);
        (await File.ReadAllTextAsync(_sandbox.PathOf("worker/Handlers.cs")))
            .ShouldBe(Handlers.Replace("orders-created", "orders.created", StringComparison.Ordinal).Replace("Orders.x", "orders.x", StringComparison.Ordinal));
        (await File.ReadAllTextAsync(_sandbox.PathOf("worker/Bridged/Bridged.cs"))).ShouldBe(Bridged.Replace("[Handle(", "[Handle(\"old.subject\", ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EditorConfig_Configures()
    {
        WriteWorker();
        _sandbox.Write("worker/.editorconfig", $"root = true\n{Guide.Block("ini", "category-")}");
        var (code, output) = await Dotnet.RunAsync(_sandbox.PathOf("worker"), "build");
        code.ShouldBe(1, output);
        output.ShouldContain("Handlers.cs(11,9): error NATS0303"); // the group
        output.ShouldNotContain("NATS0101"); // the rule
    }

    [Fact]
    public async Task Canary_FailsWhereTheRulesDoNotRun()
    {
        _sandbox.Write("canary/Canary.csproj", Guide.Block("xml", "Canary.csproj"));
        _sandbox.Write("canary/Canary.cs", Guide.Block("csharp", "Canary.cs"));
        _sandbox.Write("canary.sh", Guide.Block("bash", "# canary.sh"));
        var (code, output) = await _sandbox.BashAsync("", "bash canary.sh");
        code.ShouldBe(0, output);
        (code, output) = await _sandbox.BashAsync("", "NatsAnalysisMode=None bash canary.sh");
        code.ShouldBe(1, output);
        output.ShouldContain("The canary builds");
    }

    private static void CheckLog(string sarif)
    {
        using var log = JsonDocument.Parse(sarif);
        log.RootElement.GetProperty("version").GetString().ShouldBe("2.1.0");
        var run = log.RootElement.GetProperty("runs")[0];
        run.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("ruleId").GetString()).ShouldContain("NATS0101");
        var rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().First(rule => rule.GetProperty("id").GetString() == "NATS0101");
        rule.GetProperty("helpUri").GetString().ShouldBe($"{Descriptors.DocumentationRoot}NATS0101.md");
        sarif.ShouldContain("executionTimeInSeconds");
    }

    private void WriteWorker()
    {
        _sandbox.Write("worker/Handlers.cs", Handlers);
        _sandbox.Write("worker/Worker.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><PackageReference Include=\"Nats.Consumer.Runtime\" Version=\"*\" /></ItemGroup></Project>");
    }
}
