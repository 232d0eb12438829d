using System;

namespace Nats.Consumer.Subjects;

/// <summary>
/// Walks over the tokens of a text without allocating. It judges nothing: an empty text has one empty token, <c>a.</c> has two.
/// </summary>
internal ref struct SubjectTokenReader(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>Where <see cref="Current"/> begins in the text.</summary>
    public int Position { get; private set; }

    public readonly bool IsLast => _next > _text.Length;

    public bool MoveNext()
    {
        if (IsLast)
            return false;
        var rest = _text.Slice(_next);
        var dot = rest.IndexOf('.');
        Current = dot < 0 ? rest : rest.Slice(0, dot);
        Position = _next;
        _next += Current.Length + 1;
        return true;
    }
}
