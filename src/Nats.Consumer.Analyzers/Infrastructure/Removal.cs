using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>How a rule tells its fix that the element which it reported can go.</summary>
internal static class Removal
{
    private const string Removable = nameof(Removable);

    public static ImmutableDictionary<string, string?> Properties(SyntaxNode element) => ImmutableDictionary<string, string?>.Empty.Add(Removable, element.ToString());

    public static bool TryRead(Diagnostic diagnostic, out string element)
    {
        element = "";
        if (!diagnostic.Properties.TryGetValue(Removable, out var found) || found is null)
            return false;
        element = found;
        return true;
    }
}
