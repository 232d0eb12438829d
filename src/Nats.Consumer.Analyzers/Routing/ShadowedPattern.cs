using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>
/// NATS0202: more specific patterns of the class together take all that a pattern matches, as <c>a.*</c> and <c>a.*.></c> take all of <c>a.></c>. One alone
/// never does: what covers a pattern is less specific than it.
/// </summary>
internal static class ShadowedPattern
{
    public static void Judge(HandlerModel model, Action<Diagnostic> report)
    {
        var patterns = model.Patterns.Where(pattern => pattern.Pattern is not null).ToList();
        var byText = new Dictionary<string, HandlerPattern>();
        foreach (var pattern in patterns.Where(pattern => !byText.ContainsKey(pattern.Pattern!.Wire)))
            byText.Add(pattern.Pattern!.Wire, pattern);
        foreach (var pattern in patterns.Where(pattern => pattern.Pattern!.HasRest && model.IsOwn(pattern)))
        {
            if (Takers(pattern.Pattern!, byText) is not { } takers)
                continue;
            report(Diagnostic.Create(
                Descriptors.NATS0202_ShadowedPattern,
                pattern.Location,
                $"Every subject of '{pattern.Text}' matches a more specific pattern of the class: {string.Join(", ", takers.Select(taker => $"'{taker.Text}'"))}. Remove it, or handle less with the others."));
        }
    }

    /// <summary>
    /// The patterns that take everything first; null if something is left. Tokens are unbounded, so each length needs one pattern that takes all of it. To be more
    /// specific that pattern must have the same tokens before <c>></c>, and to take everything <c>*</c> after them: it can be looked up by its text.
    /// </summary>
    private static List<HandlerPattern>? Takers(SubjectPattern pattern, Dictionary<string, HandlerPattern> byText)
    {
        var takers = new List<HandlerPattern>();
        for (var prefix = pattern.Wire.Substring(0, pattern.Wire.Length - 1); ; prefix += "*.")
        {
            if (!byText.TryGetValue(prefix + "*", out var length))
                return null;
            takers.Add(length);
            if (!byText.TryGetValue(prefix + "*.>", out var rest))
                continue;
            takers.Add(rest);
            return takers;
        }
    }
}
