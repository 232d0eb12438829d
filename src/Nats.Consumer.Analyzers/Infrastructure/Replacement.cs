using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers;

/// <summary>How a rule tells its fix what a literal should be: the rule knows already, and the fix must not think again.</summary>
internal static class Replacement
{
    private const string Text = "Text", Start = "Start", Length = "Length";

    public static ImmutableDictionary<string, string?> Properties(string text, TextSpan literal) => ImmutableDictionary<string, string?>.Empty
        .Add(Text, text)
        .Add(Start, literal.Start.ToString(CultureInfo.InvariantCulture))
        .Add(Length, literal.Length.ToString(CultureInfo.InvariantCulture));

    public static bool TryRead(Diagnostic diagnostic, out string text, out TextSpan literal)
    {
        literal = default;
        text = "";
        if (!diagnostic.Properties.TryGetValue(Text, out var found) || found is null)
            return false;
        text = found;
        literal = new TextSpan(Number(diagnostic, Start), Number(diagnostic, Length));
        return true;
    }

    private static int Number(Diagnostic diagnostic, string key) => int.Parse(diagnostic.Properties[key]!, NumberStyles.None, CultureInfo.InvariantCulture);
}
