using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>What a consumer takes of its stream.</summary>
internal sealed class Filter(IReadOnlyList<string> subjects)
{
    private readonly Pattern[] _patterns = [.. subjects.Select(subject => Pattern.TryParse(subject)!)];

    public IReadOnlyList<Pattern> Patterns => _patterns;

    public bool IsEverything => _patterns.Length == 0;

    public bool Matches(ReadOnlySpan<byte> subject)
    {
        if (_patterns.Length == 0)
            return true;
        foreach (Pattern pattern in _patterns)
        {
            if (pattern.Matches(subject))
                return true;
        }

        return false;
    }

    /// <summary>Whether it is one plain subject.</summary>
    public bool IsLiteral => _patterns is [{ IsLiteral: true }];

    /// <summary>Whether the subject is, letter by letter, one of the patterns.</summary>
    public bool MatchesLiterally(byte[] subject) => IsEverything || _patterns.Any(pattern => pattern.Utf8.AsSpan().SequenceEqual(subject));

    public bool Equals(Filter other) => _patterns.Select(pattern => pattern.Text).Order(StringComparer.Ordinal)
        .SequenceEqual(other._patterns.Select(pattern => pattern.Text).Order(StringComparer.Ordinal));
}
