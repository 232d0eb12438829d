namespace Nats.Consumer.Analyzers.Naming;

/// <summary>Subjects in which another character does the work of dots.</summary>
internal static class Separators
{
    /// <summary>The first separator of a subject without dots, and the subject with dots instead; null if there is no such thing.</summary>
    public static (char Separator, int Position, string Dotted)? InsteadOfDots(SubjectSite site, string separators)
    {
        // A parameter, {order_id}, is no word; a single word is not split by what stands at its ends.
        if (site.Text.IndexOf('.') >= 0 || !site.Words.Any())
            return null;
        var parts = site.Text.Split(separators.ToCharArray());
        if (parts.Length < 2 || parts.Any(part => part.Length == 0))
            return null;
        return (site.Text[parts[0].Length], parts[0].Length, string.Join(".", parts));
    }
}
