using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>New lines begin as those around them do, by tabs or by blanks.</summary>
internal static class Indentation
{
    /// <summary>One level deeper.</summary>
    public static string Within(string outer) => outer + (outer.EndsWith("\t", StringComparison.Ordinal) ? "\t" : "    ");

    /// <summary>That of the line on which a node begins.</summary>
    public static string Of(SyntaxNode node)
    {
        var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }
}
