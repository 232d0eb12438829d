using System.Buffers;
using System.Text;
using Nats.Consumer.Client;

namespace Nats.Consumer.Prefixing;

/// <summary>Headers that the server reads or writes, and that name a stream or a subject.</summary>
internal static class PrefixedHeaders
{
    private static readonly (string Name, byte[] Line, bool IsStream)[] Known =
    [
        Of("Nats-Expected-Stream", true),
        Of("Nats-Stream", true),
        Of("Nats-Subject", false),
        Of("Nats-Expected-Last-Subject-Sequence-Subject", false),
        Of("Nats-Schedule-Target", false),
        Of("Nats-Schedule-Source", false),
        Of("Nats-Trace-Dest", false),
    ];

    /// <summary>As the server is to read them; the same object when it needs no change.</summary>
    public static NatsHeaders? Out(SubjectPrefix prefix, NatsHeaders? headers) => NamesSomething(headers) ? Map(headers!, prefix.Stream, prefix.Subject) : headers;

    /// <summary>As the application is to read them.</summary>
    public static NatsHeaders? In(SubjectPrefix prefix, NatsHeaders? headers) => NamesSomething(headers) ? Map(headers!, prefix.OwnStream, prefix.OwnSubject) : headers;

    /// <summary>A block of headers as the application is to read it; the same bytes when none of them is known here.</summary>
    public static ReadOnlySpan<byte> In(SubjectPrefix prefix, ReadOnlySpan<byte> block)
    {
        if (!NamesSomething(block))
            return block;
        var changed = new ArrayBufferWriter<byte>(block.Length);
        while (!block.IsEmpty)
        {
            int end = block.IndexOf("\r\n"u8);
            ReadOnlySpan<byte> line = end < 0 ? block : block[..end];
            changed.Write(In(prefix, line, out ReadOnlySpan<byte> value));
            changed.Write(value);
            changed.Write(end < 0 ? [] : "\r\n"u8);
            block = end < 0 ? [] : block[(end + 2)..];
        }

        return changed.WrittenSpan;
    }

    private static ReadOnlySpan<byte> In(SubjectPrefix prefix, ReadOnlySpan<byte> line, out ReadOnlySpan<byte> value)
    {
        value = [];
        foreach ((_, byte[] start, bool isStream) in Known)
        {
            if (!line.StartsWith(start))
                continue;
            string text = Encoding.UTF8.GetString(line[start.Length..].Trim((byte)' '));
            value = Encoding.UTF8.GetBytes(isStream ? prefix.OwnStream(text) : prefix.OwnSubject(text));
            return start;
        }

        return line;
    }

    // Most messages have none of them, and cost nothing but the look.
    private static bool NamesSomething(ReadOnlySpan<byte> block)
    {
        for (int at; (at = block.IndexOf("\nNats-"u8)) >= 0;)
        {
            block = block[(at + 1)..];
            foreach ((_, byte[] start, _) in Known)
            {
                if (block.StartsWith(start))
                    return true;
            }
        }

        return false;
    }

    private static bool NamesSomething(NatsHeaders? headers) => headers is not null && headers.Any(static header => Find(header.Key) is not null);

    private static NatsHeaders Map(NatsHeaders headers, Func<string, string> stream, Func<string, string> subject)
    {
        var changed = new NatsHeaders();
        foreach ((string name, string value) in headers)
            changed.Add(name, Find(name) is { } isStream ? (isStream ? stream : subject)(value) : value);
        return changed;
    }

    private static bool? Find(string name)
    {
        foreach ((string known, _, bool isStream) in Known)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
                return isStream;
        }

        return null;
    }

    private static (string Name, byte[] Line, bool IsStream) Of(string name, bool isStream) => (name, Encoding.UTF8.GetBytes($"{name}:"), isStream);
}
