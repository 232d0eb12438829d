using System.Text.Json;

namespace Nats.Consumer.JetStream;

/// <summary>
/// The server's words for the values of an enumeration that counts from zero. Not generic, and no dictionary: each enumeration would have the runtime compile another one before the first message.
/// </summary>
/// <param name="enumeration">The enumeration.</param>
/// <param name="words">The words in the order of the values; without any, the names in snake case.</param>
internal sealed class WireWords(Type enumeration, params string[] words)
{
    private readonly string[] _words = words.Length > 0 ? words : Array.ConvertAll(Enum.GetNames(enumeration), JsonNamingPolicy.SnakeCaseLower.ConvertName);

    public string Of(int value) => _words[value];

    /// <summary>The value of a word, or -1.</summary>
    public int Find(string? word) => Array.IndexOf(_words, word);
}
