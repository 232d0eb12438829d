using System.Text;
using Nats.Consumer.Handling;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Routing;

/// <summary>A pattern and the handler method behind it.</summary>
internal sealed class Route(SubjectPattern pattern, HandlerMethod method)
{
    public SubjectPattern Pattern => pattern;

    public HandlerMethod Method => method;

    /// <summary>The token at <c>{name}</c>; <see langword="null"/> when the pattern has no such parameter.</summary>
    public string? Token(ReadOnlySpan<byte> subject, string name)
    {
        int index = IndexOf(name);
        return index < 0 ? null : Encoding.UTF8.GetString(Utf8Tokens.At(subject, index));
    }

    /// <summary>Which token of the subject is bound to a parameter; -1 when none is.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < pattern.Tokens.Length; i++)
        {
            if (pattern.Tokens[i].Parameter == name)
                return i;
        }

        return -1;
    }
}
