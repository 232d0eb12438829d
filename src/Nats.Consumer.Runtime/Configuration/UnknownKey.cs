using Microsoft.Extensions.Configuration;

namespace Nats.Consumer.Configuration;

/// <summary>A key that nothing reads: an error, since whoever wrote it relies on it.</summary>
internal static class UnknownKey
{
    public static ConsumerConfigurationException Error(IConfigurationSection section, IEnumerable<string> known)
    {
        string suggestion = Suggestion.For(section.Key, known);
        return new ConsumerConfigurationException($"{section.Path} is no setting.{(suggestion.Length > 0 ? suggestion : $" There are {string.Join(", ", known)}.")}");
    }
}
