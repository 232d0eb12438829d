using Xunit.Sdk;

namespace Nats.Consumer.Samples.Tests.Docs;

/// <summary>
/// What the documents show as code stands in a file that is compiled: a sample, a snippet file of this project, or one of the tests of the adapter for NATS.Net, which are compiled where NATS.Net can be had.
/// </summary>
public sealed class SnippetTests
{
    internal static readonly string Root = FindRoot();
    private static readonly HashSet<string> Compiled = [.. new[] { "samples", "tests/Samples.Tests/Docs", "tests/Nats.Consumer.NatsNet.Tests/Docs" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .SelectMany(File.ReadAllLines)
        .Select(line => line.Trim())];

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/guide.md")]
    [InlineData("docs/client.md")]
    [InlineData("docs/jetstream.md")]
    [InlineData("docs/migrating.md")]
    [InlineData("docs/natsnet.md")]
    [InlineData("docs/telemetry.md")]
    [InlineData("docs/testing.md")]
    public void Document_ItsCode_StandsInACompiledFile(string document)
    {
        string[] code = [.. CodeOf(File.ReadAllLines(Path.Combine(Root, document)))];

        code.ShouldNotBeEmpty();
        code.Where(line => !Compiled.Contains(line)).ShouldBeEmpty();
    }

    private static IEnumerable<string> CodeOf(IEnumerable<string> lines)
    {
        bool inside = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = line == "```csharp";
            else if (inside && line.Trim().Length > 0)
                yield return line.Trim();
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NatsToolkit.sln")))
                return folder.FullName;
        }

        throw new XunitException("The repository's root was not found above the tests.");
    }
}
