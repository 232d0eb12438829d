namespace Nats.Consumer.Testing;

/// <summary>The last lines of what a server wrote.</summary>
internal sealed class ServerLog(int capacity = 2000)
{
    private readonly Queue<string> _lines = new();

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
        {
            if (_lines.Count == capacity)
                _lines.Dequeue();
            _lines.Enqueue(line);
        }
    }

    public string Tail(int lines = int.MaxValue)
    {
        lock (_lines)
            return string.Join(Environment.NewLine, _lines.TakeLast(lines));
    }

    public bool Contains(string text)
    {
        lock (_lines)
            return _lines.Any(line => line.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>The rest of the first line that has <paramref name="label"/> in it, without spaces around; null when there is none.</summary>
    public string? TextAfter(string label)
    {
        lock (_lines)
        {
            return _lines.FirstOrDefault(line => line.Contains(label, StringComparison.Ordinal)) is { } line
                ? line[(line.IndexOf(label, StringComparison.Ordinal) + label.Length)..].Trim()
                : null;
        }
    }

    public void Clear()
    {
        lock (_lines)
            _lines.Clear();
    }
}
