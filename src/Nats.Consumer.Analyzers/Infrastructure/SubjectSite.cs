using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers;

/// <summary>A constant text in a place that is marked as a subject or a pattern.</summary>
internal sealed class SubjectSite
{
    public SubjectSite(string text, SubjectKind kind, SubjectRole role, SyntaxNode syntax)
    {
        Text = text;
        IsPattern = kind == SubjectKind.Pattern;
        Role = role;
        Syntax = syntax;
        if (IsPattern)
        {
            Pattern = SubjectPattern.TryParse(text, out var pattern, out var error) ? pattern : null;
            Error = error;
        }
        else
        {
            Error = Subject.TryValidate(text.AsSpan(), out var error) ? null : error;
        }
    }

    public string Text { get; }

    public bool IsPattern { get; }

    public SubjectRole Role { get; }

    /// <summary>The expression: a literal, the name of a constant, a constant concatenation.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>Null for a subject that is no pattern, and for one that is invalid.</summary>
    public SubjectPattern? Pattern { get; }

    public SubjectError? Error { get; }

    public Location Location => Syntax.GetLocation();

    /// <summary>The same subject with dots in place of other separators, or a pattern that takes it, where that stands beside this one; else null.</summary>
    public string? Successor { get; init; }

    /// <summary>Whether it is there on purpose, for a while.</summary>
    public bool IsBridge => Successor is not null;

    /// <summary>Whether the text stands here and nowhere else, so that a fix may write another one.</summary>
    public bool IsLiteral => Syntax is LiteralExpressionSyntax;

    /// <summary>The tokens that a person chose: neither wildcards nor parameters.</summary>
    public IEnumerable<(string Token, int Position)> Words
    {
        get
        {
            var position = 0;
            foreach (var token in Text.Split('.'))
            {
                var isWord = !IsPattern || (token is not ("*" or ">") && !(token.Length > 0 && token[0] == '{'));
                if (isWord)
                    yield return (token, position);
                position += token.Length + 1;
            }
        }
    }

    /// <summary>A part of the text where that can be seen in the source; else all of it. What is missing is shown by the dots at its sides.</summary>
    public Location LocationOf(int position, int length)
    {
        if (Syntax is not LiteralExpressionSyntax { Token: var token } || !token.IsKind(SyntaxKind.StringLiteralToken))
            return Location;
        var offset = token.Text.IndexOf(Text, StringComparison.Ordinal);
        if (offset < 0 || Text.Length == 0)
            return Location;
        var start = length > 0 ? position : Math.Max(0, position - 1);
        var end = length > 0 ? position + length : Math.Min(Text.Length, position + 1);
        return Location.Create(Syntax.SyntaxTree, TextSpan.FromBounds(token.SpanStart + offset + start, token.SpanStart + offset + end));
    }
}
