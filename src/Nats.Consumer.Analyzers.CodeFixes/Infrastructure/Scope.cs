using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>Names of the runtime's types, as they can be written in a place.</summary>
internal static class Scope
{
    /// <summary>The simple name where it means the runtime's type, else the full one.</summary>
    public static string NameOf(string type, SemanticModel? model, int position, string attributeSuffix = "")
    {
        var found = model?.LookupNamespacesAndTypes(position, name: type + attributeSuffix) ?? [];
        var rival = attributeSuffix.Length > 0 && model?.LookupNamespacesAndTypes(position, name: type).OfType<INamedTypeSymbol>().Any() == true;
        return found.Length == 1 && !rival && found[0].ContainingNamespace?.ToDisplayString() == "Nats.Consumer" ? type : $"Nats.Consumer.{type}";
    }
}
