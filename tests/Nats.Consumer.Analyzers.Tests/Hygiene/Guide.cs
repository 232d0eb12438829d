namespace Nats.Consumer.Analyzers.Hygiene;

/// <summary>docs/analyzers.md, so that tests do what it says to the letter.</summary>
internal static class Guide
{
    public static string Text { get; } = Repository.Read("docs", "analyzers.md");

    /// <summary>The one block of code in this language that has this in it.</summary>
    public static string Block(string language, string with) => Blocks(language).Where(block => block.Contains(with, StringComparison.Ordinal)).ShouldHaveSingleItem();

    private static IEnumerable<string> Blocks(string language)
    {
        string opening = $"```{language}\n";
        for (int at = Text.IndexOf(opening, StringComparison.Ordinal); at >= 0; at = Text.IndexOf(opening, at + 1, StringComparison.Ordinal))
        {
            int start = at + opening.Length;
            yield return Text[start..Text.IndexOf("```", start, StringComparison.Ordinal)];
        }
    }
}
