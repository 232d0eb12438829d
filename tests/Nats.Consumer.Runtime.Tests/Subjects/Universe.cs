using System.Numerics;
using System.Text.RegularExpressions;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

/// <summary>
/// Every pattern over a, b, * and > with up to three tokens, and every subject over a, b and c with up to five. No pattern names c: it stands
/// for all the tokens that nobody thought of, and five tokens are more than any of the patterns has. So a language, as far as these
/// patterns can tell languages apart, is a set of these subjects: one bit for each.
/// </summary>
internal static class Universe
{
    public static IReadOnlyList<string> Subjects { get; } = [.. Enumerable.Range(1, 5).SelectMany(length => Words(["a", "b", "c"], length))];

    public static IReadOnlyList<SubjectPattern> Patterns { get; } = [.. Enumerable.Range(1, 3).SelectMany(PatternsOf).Select(SubjectPattern.Parse)];

    /// <summary>The same patterns and some with parameters instead of stars.</summary>
    public static IReadOnlyList<SubjectPattern> PatternsAndParameters { get; } =
        [.. Patterns, .. new[] { "{id}", "a.{id}", "{x}.{y}", "{x}.b.{y}", "a.{id}.>", "{id}.>" }.Select(SubjectPattern.Parse)];

    private static readonly Dictionary<string, BigInteger> Languages =
        PatternsAndParameters.DistinctBy(p => p.Wire).ToDictionary(p => p.Wire, p => LanguageOf(p.Wire));

    public static BigInteger Language(SubjectPattern pattern) => Languages[pattern.Wire];

    public static BigInteger Union(IEnumerable<SubjectPattern> patterns) => patterns.Aggregate(BigInteger.Zero, (union, pattern) => union | Language(pattern));

    public static bool IsSubset(BigInteger inner, BigInteger outer) => (inner & outer) == inner;

    /// <summary>Matching by someone else's engine.</summary>
    public static bool NaiveMatches(string wire, string subject) =>
        Regex.IsMatch(subject, "^" + string.Join(@"\.", wire.Split('.').Select(AsRegex)) + "$", RegexOptions.CultureInvariant);

    /// <summary>A set of one to <paramref name="most"/> patterns, the same for the same random source.</summary>
    public static SubjectPattern[] RandomSet(Random random, int most) =>
        [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => PatternsAndParameters[random.Next(PatternsAndParameters.Count)])];

    private static BigInteger LanguageOf(string wire)
    {
        var bits = BigInteger.Zero;
        for (var i = 0; i < Subjects.Count; i++)
        {
            if (NaiveMatches(wire, Subjects[i]))
                bits |= BigInteger.One << i;
        }
        return bits;
    }

    private static IEnumerable<string> PatternsOf(int length) =>
        Words(["a", "b", "*"], length).Concat(length == 1 ? [">"] : Words(["a", "b", "*"], length - 1).Select(word => word + ".>"));

    private static IEnumerable<string> Words(string[] alphabet, int length) =>
        length == 1 ? alphabet : Words(alphabet, length - 1).SelectMany(_ => alphabet, (word, token) => word + "." + token);

    private static string AsRegex(string token) => token switch
    {
        "*" => @"[^.]+",
        ">" => @"[^.]+(\.[^.]+)*",
        _ => Regex.Escape(token),
    };
}
