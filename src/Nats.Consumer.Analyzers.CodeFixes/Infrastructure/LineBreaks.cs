using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>New lines end as the first line of the file does.</summary>
internal static class LineBreaks
{
    public static string Of(SyntaxNode node)
    {
        var first = node.SyntaxTree.GetText().Lines[0];
        return first.EndIncludingLineBreak - first.End == 2 ? "\r\n" : "\n";
    }
}
