using System.Buffers;
using System.Buffers.Text;
using System.Collections;
using System.Text;

namespace Nats.Consumer.Client;

/// <summary>
/// Headers of a message: names with one or more values, in order. Names are sent as given and found without regard to case.
/// </summary>
public sealed class NatsHeaders : IReadOnlyCollection<KeyValuePair<string, string>>
{
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n");
    private readonly List<KeyValuePair<string, string>> _entries = [];

    /// <summary>The number of values.</summary>
    public int Count => _entries.Count;

    /// <summary>The first value of a name, <see langword="null"/> when there is none; setting replaces all values of the name.</summary>
    public string? this[string name]
    {
        get => TryGetValue(name, out string? value) ? value : null;
        set
        {
            int before = _entries.Count;
            if (value is not null)
                Add(name, value); // refuses what is unsafe before anything is lost
            int seen = 0;
            _entries.RemoveAll(entry => seen++ < before && IsName(entry, name));
        }
    }

    /// <summary>Adds a value.</summary>
    /// <exception cref="ArgumentException">The name is empty or has a colon, white space or control character; or the value has a line break in it.</exception>
    public void Add(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        foreach (char c in name)
        {
            if (c is <= ' ' or ':' or '\x7f')
                throw new ArgumentException($"The header name '{name}' has a character that names cannot have (colon, white space or control character).", nameof(name));
        }

        if (value.AsSpan().ContainsAny(LineBreaks))
            throw new ArgumentException($"The value of header '{name}' has a line break in it. Encode the value, or leave the line breaks out.", nameof(value));
        _entries.Add(new(name, value));
    }

    /// <summary>Finds the first value of a name.</summary>
    public bool TryGetValue(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
    {
        foreach (KeyValuePair<string, string> entry in _entries)
        {
            if (IsName(entry, name))
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>All values of a name, in order.</summary>
    public IEnumerable<string> GetValues(string name) => _entries.Where(entry => IsName(entry, name)).Select(entry => entry.Value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads a header block as it comes from the wire (<see cref="ReceivedMessage.Headers"/>).</summary>
    public static NatsHeaders Parse(ReadOnlySpan<byte> block)
    {
        var headers = new NatsHeaders();
        SkipLine(ref block);
        while (!block.IsEmpty)
        {
            ReadOnlySpan<byte> line = SkipLine(ref block);
            int colon = line.IndexOf((byte)':');
            if (colon > 0)
                headers._entries.Add(new(Encoding.UTF8.GetString(line[..colon]), Encoding.UTF8.GetString(line[(colon + 1)..].Trim((byte)' '))));
        }

        return headers;
    }

    /// <summary>Reads the status on the first line of a header block; code 0 when there is none.</summary>
    public static NatsStatus ParseStatus(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> line = SkipLine(ref block);
        if (!line.StartsWith(Wire.HeaderBlock.Version))
            return default;
        line = line[Wire.HeaderBlock.Version.Length..].Trim((byte)' ');
        int digits = line.IndexOf((byte)' ') is var space and >= 0 ? space : line.Length;
        if (digits != 3 || line[0] is < (byte)'1' or > (byte)'9' || !Utf8Parser.TryParse(line[..3], out int code, out int used) || used != 3)
            return default;
        return new NatsStatus(code, Encoding.UTF8.GetString(line[3..].Trim((byte)' ')));
    }

    private static ReadOnlySpan<byte> SkipLine(ref ReadOnlySpan<byte> block)
    {
        int end = block.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? block : block[..end];
        block = end < 0 ? [] : block[(end + 1)..];
        return line.TrimEnd((byte)'\r');
    }

    private static bool IsName(KeyValuePair<string, string> entry, string name) => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
