using Nats.Consumer.Routing;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Consuming;

/// <summary>What makes a lane of a consumer.</summary>
internal static class LaneKeys
{
    /// <summary>All messages in one lane.</summary>
    public static LaneKey Single { get; } = _ => default;

    /// <summary>A lane for each value of a token.</summary>
    /// <exception cref="ConsumerConfigurationException">A pattern does not have the token.</exception>
    public static LaneKey ByToken(string name, IReadOnlyList<SubjectPattern> subjects)
    {
        (SubjectPattern Pattern, int Index)[] tokens = [.. subjects.Select(subject => (subject, IndexOf(name, subject)))];
        if (tokens.FirstOrDefault(token => token.Index < 0).Pattern is { } without)
        {
            throw new ConsumerConfigurationException(
                $"OrderBy is '{name}', and '{without.Text}' of Subjects has no token '{{{name}}}'. Write the token into each pattern, as in \"orders.{{{name}}}.>\".");
        }

        return tokens.Length == 1
            ? message => Utf8Tokens.At(message.SubjectUtf8, tokens[0].Index)
            : message => Utf8Tokens.At(message.SubjectUtf8, tokens.FirstOrDefault(token => token.Pattern.Matches(message.Subject), tokens[0]).Index);
    }

    private static int IndexOf(string name, SubjectPattern pattern)
    {
        for (int i = 0; i < pattern.Tokens.Length; i++)
        {
            if (pattern.Tokens[i].Parameter == name)
                return i;
        }

        return -1;
    }
}
