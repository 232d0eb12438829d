using System.Globalization;
using System.Security;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Nats.Consumer.Templates.Definitions;

/// <summary>
/// What the symbols of a template come to, by the definition: a small reading of the template engine's forms and generators, so that names can be tried by the thousand. That the engine
/// comes to the same is what scaffolds are made and built for.
/// </summary>
internal sealed class SymbolValues(TemplateDefinition template, string name, params (string Parameter, string Value)[] given)
{
    public string this[string symbol]
    {
        get
        {
            if (symbol == "name")
                return name;
            JsonObject definition = template.Symbols[symbol]?.AsObject() ?? throw new KeyNotFoundException($"{template.Name} has no symbol '{symbol}'.");
            return TemplateDefinition.Type(definition) switch
            {
                "parameter" => given.Where(pair => pair.Parameter == symbol).Select(pair => pair.Value).SingleOrDefault() ?? (string)definition["defaultValue"]!,
                "derived" => Form((string)definition["valueTransform"]!, this[(string)definition["valueSource"]!]),
                "generated" => Generate((string)definition["generator"]!, definition["parameters"]!.AsObject()),
                var other => throw new NotSupportedException($"{symbol} is {other}."),
            };
        }
    }

    private string Generate(string generator, JsonObject parameters) => generator switch
    {
        "join" => string.Concat(parameters["symbols"]!.AsArray().Select(part => (string)part!["type"]! == "const" ? (string)part["value"]! : this[(string)part["value"]!])),
        "regex" => parameters["steps"]!.AsArray().Aggregate(this[(string)parameters["source"]!], (value, step) => Regex.Replace(value, (string)step!["regex"]!, (string)step["replacement"]!)),
        "regexMatch" => Regex.IsMatch(this[(string)parameters["source"]!], (string)parameters["pattern"]!) ? "true" : "false",
        _ => throw new NotSupportedException(generator),
    };

    private string Form(string form, string value)
    {
        JsonObject definition = template.Json["forms"]![form]!.AsObject();
        return (string)definition["identifier"]! switch
        {
            "chain" => definition["steps"]!.AsArray().Aggregate(value, (text, step) => Form((string)step!, text)),
            "replace" => Regex.Replace(value, (string)definition["pattern"]!, (string)definition["replacement"]!),
            "titleCase" => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(value),
            "lowerCaseInvariant" => value.ToLowerInvariant(),
            "jsonEncode" => JsonSerializer.Serialize(value),
            "xmlEncode" => SecurityElement.Escape(value),
            var other => throw new NotSupportedException(other),
        };
    }
}
