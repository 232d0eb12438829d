using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Nats.Consumer.Analyzers.Hygiene;

namespace Nats.Consumer.Templates.Definitions;

public class DefinitionTests
{
    [Fact]
    public void Templates_AreTheFour() =>
        TemplateDefinition.All.Select(template => (string)template.Json["shortName"]!).ShouldBe(["nats-consumer", "nats-file", "nats-handler", "nats-worker"]);

    [Fact]
    public void Definitions_HaveNoProblem() => TemplateDefinition.All.SelectMany(DefinitionChecks.Problems).ShouldBeEmpty();

    [Fact]
    public void Mistakes_AreNoticed()
    {
        TemplateDefinition worker = TemplateDefinition.Worker;
        Problems(json => json["symbols"]!["docker"]!["description"] = "").ShouldContain("the description of 'docker'");
        Problems(json => json["symbols"]!.AsObject().Remove("docker")).ShouldContain("names 'docker', which is no parameter");
        Problems(json => json["symbols"]!.AsObject().Remove("durableOfName")).ShouldContain("is made of 'durableOfName', which there is not");
        Problems(json => json["symbols"]!["rootNamespace"]!["replaces"] = "NOWHERE").ShouldContain("replaces NOWHERE, which is in no file");
        Problems(json => json["forms"]!.AsObject().Remove("words")).ShouldContain("there is no form 'words'");
        Problems(json => json["postActions"]![0]!.AsObject().Remove("id")).ShouldContain("a post action lacks its id");
        Problems(json => json["symbols"]!["more"] = JsonNode.Parse("""{ "type": "parameter", "description": "More", "defaultValue": "" }""")).ShouldContain("'symbols/more/description' is not translated");

        string Problems(Action<JsonObject> change) => string.Join('\n', DefinitionChecks.Problems(worker.With(change)));
    }

    [Fact]
    public void Identities_AreUnique()
    {
        foreach (string key in (string[])["identity", "groupIdentity", "shortName", "name"])
            TemplateDefinition.All.Select(template => (string)template.Json[key]!).ShouldBeUnique();
    }

    [Fact]
    public void FormsOfTheSameName_AreTheSame()
    {
        var forms = TemplateDefinition.All.SelectMany(template => template.Json["forms"]?.AsObject() ?? []).GroupBy(form => form.Key, form => form.Value!.ToJsonString());
        forms.Where(form => form.Distinct().Count() > 1).Select(form => form.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Versions_AreStatedOnceAndReplacedWhenPacked()
    {
        foreach (TemplateDefinition template in TemplateDefinition.All)
        {
            template.Symbols["toolkitVersion"]!["defaultValue"]!.ToString().ShouldBe("0.0.0-dev");
            template.Content.Where(file => File.ReadAllText(file).Contains("0.0.0-dev", StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void VersionsOfOtherPackages_AreThoseOfThisRepository()
    {
        var ours = Versions(Path.Combine(Repository.Root, "Directory.Packages.props")).ToDictionary();
        var scaffold = Versions(TemplateDefinition.Worker.Content.Single(file => file.EndsWith("Directory.Packages.props", StringComparison.Ordinal))).Where(version => !version.Key.StartsWith("Nats.Consumer.", StringComparison.Ordinal)).ToArray();
        scaffold.Length.ShouldBe(3);
        foreach (var (package, version) in scaffold)
            version.ShouldBe(ours[package], package);
    }

    [Fact]
    public void Files_AreUtf8WithoutMarkWithUnixLinesAndALastOne()
    {
        foreach (string file in Directory.EnumerateFiles(TemplateDefinition.Folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(file);
            bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble).ShouldBeFalse(file);
            bytes.ShouldNotContain((byte)'\r', file);
            bytes[^1].ShouldBe((byte)'\n', file);
            bytes.AsSpan().EndsWith("\n\n"u8).ShouldBeFalse(file);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Versions(string file) =>
        XDocument.Load(file).Descendants("PackageVersion").Select(version => KeyValuePair.Create(version.Attribute("Include")!.Value, version.Attribute("Version")!.Value));
}
