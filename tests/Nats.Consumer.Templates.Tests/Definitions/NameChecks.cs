using System.Globalization;
using System.Text.RegularExpressions;

namespace Nats.Consumer.Templates.Definitions;

/// <summary>What is wrong with what a template makes of names and subjects.</summary>
internal static partial class NameChecks
{
    private static readonly HashSet<string> Keywords = [.. ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed float for "
        + "foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct "
        + "switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' ')];

    public static IEnumerable<string> Problems(TemplateDefinition worker, string name)
    {
        var values = new SymbolValues(worker, name);
        string[] segments = values["rootNamespace"].Split('.');
        if (!segments.All(IsIdentifier))
            yield return $"'{name}' gives the namespace '{values["rootNamespace"]}'.";
        if (segments.Any(segment => segment.Contains('_', StringComparison.Ordinal)))
            yield return $"'{name}' gives a namespace with underscores, which CA1707 refuses: {values["rootNamespace"]}.";
        if (!LegalName().IsMatch(values["durableName"]))
            yield return $"'{name}' gives the durable '{values["durableName"]}'.";
    }

    public static IEnumerable<string> ProblemsOfSubject(TemplateDefinition worker, string subject)
    {
        var values = new SymbolValues(worker, "Worker", ("subject", subject));
        foreach (string type in (string[])[values["className"] + "Handler", values["payloadType"], $"On{values["verb"]}Async"])
        {
            if (!IsIdentifier(type))
                yield return $"'{subject}' gives the identifier '{type}'.";
        }

        if (!LegalName().IsMatch(values["streamName"]))
            yield return $"'{subject}' gives the stream '{values["streamName"]}'.";
        bool isLiteral = values["exampleSubjectPlain"].AsSpan().IndexOfAny('*', '>') < 0;
        if (!isLiteral && subject.Split('.').All(token => token is "*" or ">" || token.AsSpan().IndexOfAny('*', '>') < 0) && subject.IndexOf('>', StringComparison.Ordinal) is var end && (end < 0 || end == subject.Length - 1))
            yield return $"'{subject}' gives the example '{values["exampleSubjectPlain"]}'.";
    }

    public static bool IsIdentifier(string text) =>
        text.Length > 0 && !Keywords.Contains(text) && (text[0] == '_' || IsLetter(text[0])) && text.All(c => c == '_' || IsLetter(c)
            || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation);

    private static bool IsLetter(char c) => char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex LegalName();
}
