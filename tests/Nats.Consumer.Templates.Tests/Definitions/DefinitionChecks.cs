using System.Text.Json.Nodes;

namespace Nats.Consumer.Templates.Definitions;

/// <summary>What is wrong with the definition of a template: things that the engine takes without a word.</summary>
internal static class DefinitionChecks
{
    /// <summary>Longer ones are hard to read beside the options on a terminal of 80 columns.</summary>
    private const int LongestDescription = 45;

    public static IEnumerable<string> Problems(TemplateDefinition template) =>
        Parameters(template).Concat(References(template)).Concat(Tokens(template)).Concat(PostActions(template)).Concat(German(template)).Select(problem => $"{template.Name}: {problem}");

    private static IEnumerable<string> Parameters(TemplateDefinition template)
    {
        string[] onCommandLine = [.. template.Host["symbolInfo"]!.AsObject().Select(symbol => symbol.Key)];
        foreach (string missing in template.Parameters.Select(parameter => parameter.Key).Except(onCommandLine))
            yield return $"dotnetcli.host.json does not name '{missing}'.";
        foreach (string unknown in onCommandLine.Except(template.Parameters.Select(parameter => parameter.Key)))
            yield return $"dotnetcli.host.json names '{unknown}', which is no parameter.";
        foreach (var (name, parameter) in template.Parameters)
        {
            string description = (string?)parameter["description"] ?? "";
            if (description.Length is 0 or > LongestDescription || description.EndsWith('.'))
                yield return $"the description of '{name}' is '{description}'.";
            if (parameter["defaultValue"] is null)
                yield return $"'{name}' has no default.";
            foreach (JsonNode? choice in parameter["choices"]?.AsArray() ?? [])
            {
                if (string.IsNullOrEmpty((string?)choice!["description"]))
                    yield return $"choice '{choice["choice"]}' of '{name}' has no description.";
            }
        }
    }

    private static IEnumerable<string> References(TemplateDefinition template)
    {
        JsonObject forms = template.Json["forms"]?.AsObject() ?? [];
        var named = new HashSet<string>();
        foreach (var (name, symbol) in template.Symbols)
        {
            foreach (string source in Sources(symbol!).Where(source => source != "name" && !template.Symbols.ContainsKey(source)))
                yield return $"'{name}' is made of '{source}', which there is not.";
            if (TemplateDefinition.Type(symbol) == "derived")
                named.Add((string)symbol!["valueTransform"]!);
        }

        named.UnionWith(forms.SelectMany(form => form.Value!["steps"]?.AsArray() ?? []).Select(step => (string)step!));
        foreach (string missing in named.Where(form => !forms.ContainsKey(form)))
            yield return $"there is no form '{missing}'.";
        foreach (string unused in forms.Select(form => form.Key).Except(named))
            yield return $"nothing uses the form '{unused}'.";
    }

    private static IEnumerable<string> Sources(JsonNode symbol)
    {
        JsonNode? parameters = symbol["parameters"];
        IEnumerable<JsonNode?> parts = parameters?["symbols"]?.AsArray().Where(part => (string)part!["type"]! == "ref").Select(part => part!["value"]) ?? [];
        return parts.Append(symbol["valueSource"]).Append(parameters?["source"]).OfType<JsonNode>().Select(source => (string)source!);
    }

    private static IEnumerable<string> Tokens(TemplateDefinition template)
    {
        string content = string.Concat(template.Content.Select(file => file + File.ReadAllText(file))) + template.Json["postActions"]?.ToJsonString();
        foreach (var (name, symbol) in template.Symbols)
        {
            if ((string?)symbol!["replaces"] is { } token && !content.Contains(token, StringComparison.Ordinal))
                yield return $"'{name}' replaces {token}, which is in no file.";
        }
    }

    private static IEnumerable<string> PostActions(TemplateDefinition template)
    {
        foreach (JsonObject action in template.PostActions)
        {
            if (action["id"] is null || action["description"] is null || action["manualInstructions"] is null)
                yield return $"a post action lacks its id, its description or what to do by hand: {action.ToJsonString()}";
        }
    }

    /// <summary>Unknown keys are not reported by the engine, and one of them drops the language.</summary>
    private static IEnumerable<string> German(TemplateDefinition template)
    {
        string[] expected = [.. Translatable(template)];
        string[] translated = [.. template.German.Select(text => text.Key)];
        foreach (string missing in expected.Except(translated))
            yield return $"'{missing}' is not translated.";
        foreach (string unknown in translated.Except(expected))
            yield return $"'{unknown}' is translated, and there is no such thing.";
    }

    private static IEnumerable<string> Translatable(TemplateDefinition template)
    {
        foreach (string key in (string[])["author", "name", "description"])
            yield return key;
        foreach (var (name, parameter) in template.Parameters)
        {
            yield return $"symbols/{name}/description";
            foreach (JsonNode? choice in parameter["choices"]?.AsArray() ?? [])
                yield return $"symbols/{name}/choices/{choice!["choice"]}/description";
        }

        foreach (JsonObject action in template.PostActions)
        {
            yield return $"postActions/{action["id"]}/description";
            if (action["manualInstructions"]!.AsArray().Count > 0)
                yield return $"postActions/{action["id"]}/manualInstructions/default/text";
        }
    }
}
