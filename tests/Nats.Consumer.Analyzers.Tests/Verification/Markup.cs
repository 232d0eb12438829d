using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Verification;

/// <summary>Source with expected findings in it: <c>[|here|]</c> for the rule under test, <c>{|ID:here|}</c> for another one. They nest.</summary>
internal sealed record Markup(string Source, IReadOnlyList<(string Id, TextSpan Span)> Expected)
{
    public static Markup Parse(string text, string defaultId)
    {
        var source = new StringBuilder();
        var open = new Stack<(string Id, int Start, char Close)>();
        var expected = new List<(string, TextSpan)>();
        for (int i = 0; i < text.Length; i++)
        {
            string two = i + 1 < text.Length ? text.Substring(i, 2) : "";
            if (two == "[|")
            {
                open.Push((defaultId, source.Length, ']'));
                i++;
            }
            else if (two == "{|" && text.IndexOf(':', i) is > 0 and int colon)
            {
                open.Push((text[(i + 2)..colon], source.Length, '}'));
                i = colon;
            }
            else if (two is "|]" or "|}")
            {
                if (!open.TryPop(out var opened) || opened.Close != two[1])
                    throw new VerificationException($"Unbalanced markup: '{two}' at {i} closes nothing.");
                expected.Add((opened.Id, TextSpan.FromBounds(opened.Start, source.Length)));
                i++;
            }
            else
            {
                source.Append(text[i]);
            }
        }

        return open.Count == 0 ? new Markup(source.ToString(), expected) : throw new VerificationException($"Unbalanced markup: {open.Count} not closed.");
    }
}

/// <summary>The code under test does not do what its markup says.</summary>
internal sealed class VerificationException(string message) : Exception(message);
