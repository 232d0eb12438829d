using System.Globalization;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>Names for what is generated: readable, and different for names that differ in anything, case included, because files are named after them.</summary>
internal static class Identifiers
{
    public static string Of(string name)
    {
        var characters = name.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (characters[i] is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')))
                characters[i] = '_';
        }
        // A compiler bounds names, and file systems their paths.
        var readable = new string(characters);
        readable = readable.Length > 100 ? readable.Substring(readable.Length - 100) : readable;
        return $"{readable}_{Hash(name).ToString("x8", CultureInfo.InvariantCulture)}";
    }

    /// <summary>FNV-1a: the same in every run, which the hash codes of strings are not.</summary>
    public static uint Hash(string text)
    {
        var hash = 2166136261;
        foreach (var character in text)
            hash = unchecked((hash ^ character) * 16777619);
        return hash;
    }
}
