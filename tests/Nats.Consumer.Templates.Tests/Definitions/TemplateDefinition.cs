using System.Text.Json.Nodes;
using Nats.Consumer.Analyzers.Hygiene;

namespace Nats.Consumer.Templates.Definitions;

/// <summary>A template as it is written: its definition, what the command line and translations add, and the files that it makes.</summary>
internal sealed class TemplateDefinition(string folder)
{
    private JsonObject? _json;

    public static string Folder { get; } = Path.Combine(Repository.Root, "templates");

    public static IReadOnlyList<TemplateDefinition> All { get; } = AllIn(Folder);

    public string Name { get; } = Path.GetFileName(folder);

    public JsonObject Json => _json ??= Read("template.json");

    public JsonObject Host => Read("dotnetcli.host.json");

    public JsonObject German => Read("localize", "templatestrings.de.json");

    public JsonObject Symbols => Json["symbols"]!.AsObject();

    /// <summary>What a person can state.</summary>
    public IEnumerable<KeyValuePair<string, JsonObject>> Parameters => Symbols.Where(symbol => Type(symbol.Value) == "parameter").Select(symbol => KeyValuePair.Create(symbol.Key, symbol.Value!.AsObject()));

    public IEnumerable<JsonObject> PostActions => (Json["postActions"]?.AsArray() ?? []).Select(action => action!.AsObject());

    /// <summary>The files that scaffolds are made of.</summary>
    public IEnumerable<string> Content => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains(".template.config", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static TemplateDefinition Worker => Named("nats-worker");

    public static TemplateDefinition Named(string name) => All.Single(template => template.Name == name);

    public static IReadOnlyList<TemplateDefinition> AllIn(string folder) => [.. Directory.GetDirectories(folder, "nats-*").Order(StringComparer.Ordinal).Select(path => new TemplateDefinition(path))];

    /// <summary>The same, with another definition.</summary>
    public TemplateDefinition With(Action<JsonObject> change)
    {
        var changed = (JsonObject)Json.DeepClone();
        change(changed);
        return new TemplateDefinition(folder) { _json = changed };
    }

    public static string? Type(JsonNode? symbol) => (string?)symbol?["type"];

    public override string ToString() => Name;

    private JsonObject Read(params string[] path) => JsonNode.Parse(File.ReadAllText(Path.Combine([folder, ".template.config", .. path])))!.AsObject();
}
