using System.Text.Json.Nodes;
using Nats.Consumer.Analyzers.Hygiene;

namespace Nats.Consumer.Templates.Definitions;

/// <summary>docs/templates.md says what there is.</summary>
public class DocumentTests
{
    private static readonly string Document = Repository.Read("docs", "templates.md");

    [Fact]
    public void Options_AreAllDocumented()
    {
        foreach (TemplateDefinition template in TemplateDefinition.All)
        {
            JsonObject names = template.Host["symbolInfo"]!.AsObject();
            foreach (var (parameter, _) in template.Parameters)
                Document.ShouldContain($"`--{names[parameter]!["longName"]}`", Case.Sensitive, $"{template.Name}: {parameter}");
        }
    }

    [Fact]
    public void Code_IsWhatTheTemplatesMake()
    {
        var made = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Nats.Consumer.Templates.Tests", "Snapshots")).SelectMany(File.ReadLines).ToHashSet();
        string[] code = [.. Document.Split("```csharp\n").Skip(1).SelectMany(block => block[..block.IndexOf("```", StringComparison.Ordinal)].Split('\n'))];
        code.ShouldNotBeEmpty();
        code.Where(line => !made.Contains(line)).ShouldBeEmpty();
    }
}
