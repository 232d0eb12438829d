using System.Text;
using System.Text.RegularExpressions;
using Nats.Consumer.Client;

namespace Nats.Consumer.Prefixing;

/// <summary>
/// Names and subjects as the application says them, and as the server has them: stream <c>orders</c> is <c>staging-orders</c> there, <c>orders.new</c> is <c>staging.orders.new</c>. Both ways are exact: what
/// the server has without the prefix is <c>$outside-NAME</c> and <c>$outside.SUBJECT</c> to the application, and goes back as what it was.
/// </summary>
internal sealed partial class SubjectPrefix
{
    private const string Outside = "$outside";

    // Of the server and of clients' inboxes: they belong to nobody's environment.
    private static readonly string[] Reserved = ["$JS", "$JSC", "$NRG", "$SYS", "$SRV", "_INBOX"];
    private static readonly byte[][] ReservedUtf8 = [.. Reserved.Select(Encoding.UTF8.GetBytes)];

    private readonly string _subjects;
    private readonly string _streams;
    private readonly byte[] _utf8;

    private SubjectPrefix(string name)
    {
        (Name, _subjects, _streams) = (name, $"{name}.", $"{name}-");
        _utf8 = Encoding.UTF8.GetBytes(_subjects);
    }

    public string Name { get; }

    /// <summary>What it does, for people who look at the server.</summary>
    public string Meaning => $"Subject prefix '{Name}': stream 'orders' is '{Stream("orders")}' on the server, subject 'orders.new' is '{Subject("orders.new")}'.";

    /// <exception cref="ArgumentException">It would not tell one environment from the other.</exception>
    public static SubjectPrefix Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Pattern().IsMatch(name)
            ? new SubjectPrefix(name)
            : throw new ArgumentException($"'{name}' cannot be a subject prefix. It is one token of letters, digits and '_', at most 32, that begins with a letter or digit: the first dot ends it in subjects and the first '-' in names of streams, so it has neither.", nameof(name));
    }

    /// <summary>The prefix of what goes through a connection; <see langword="null"/> for none.</summary>
    public static SubjectPrefix? Of(INatsConnection connection) => (connection as PrefixedConnection)?.Prefix;

    /// <summary>A stream's name on the server.</summary>
    public string Stream(string own) => own.Length == 0 ? own : own.StartsWith($"{Outside}-", StringComparison.Ordinal) ? own[(Outside.Length + 1)..] : _streams + own;

    /// <summary>A stream's name in the application.</summary>
    public string OwnStream(string stream) => stream.Length == 0 ? stream
        : stream.StartsWith(_streams, StringComparison.Ordinal) && !IsOutside(stream.AsSpan(_streams.Length), '-') && stream.Length > _streams.Length ? stream[_streams.Length..]
        : $"{Outside}-{stream}";

    /// <summary>Whether a stream's name on the server is one of this environment.</summary>
    public bool Owns(string stream) => !IsOutside(OwnStream(stream), '-');

    /// <summary>A subject or pattern on the server.</summary>
    public string Subject(string own) => own.Length == 0 || IsReserved(own) ? own : IsOutside(own, '.') ? own[(Outside.Length + 1)..] : _subjects + own;

    /// <summary>A subject or pattern in the application.</summary>
    public string OwnSubject(string subject)
    {
        if (subject.Length == 0 || IsReserved(subject))
            return subject;
        ReadOnlySpan<char> rest = subject.AsSpan(subject.StartsWith(_subjects, StringComparison.Ordinal) ? _subjects.Length : 0);
        return rest.Length == 0 || rest.Length == subject.Length || IsReserved(rest) || IsOutside(rest, '.') ? $"{Outside}.{subject}" : rest.ToString();
    }

    /// <summary>The room that <see cref="Subject(ReadOnlySpan{byte}, Span{byte})"/> may need.</summary>
    public int RoomFor(ReadOnlySpan<byte> own) => own.Length + _utf8.Length;

    /// <summary>A subject on the server, without an object for it.</summary>
    public ReadOnlySpan<byte> Subject(ReadOnlySpan<byte> own, Span<byte> room)
    {
        if (own.IsEmpty || (MayBeSpecial(own) && IsReserved(own)))
            return own;
        if (MayBeSpecial(own) && own.StartsWith("$outside."u8))
            return own["$outside.".Length..];
        _utf8.CopyTo(room);
        own.CopyTo(room[_utf8.Length..]);
        return room[..(_utf8.Length + own.Length)];
    }

    /// <summary>The subject of a pull request on the server, without an object for it: they are as many as the batches.</summary>
    public bool TryPull(ReadOnlySpan<byte> subject, Span<byte> room, out int length)
    {
        ReadOnlySpan<byte> pull = "$JS.API.CONSUMER.MSG.NEXT."u8;
        length = subject.Length + _utf8.Length;
        if (!subject.StartsWith(pull) || subject.Length == pull.Length || MayBeSpecial(subject[pull.Length..]))
            return false;
        pull.CopyTo(room);
        _utf8.CopyTo(room[pull.Length..]);
        room[pull.Length + _utf8.Length - 1] = (byte)'-'; // as in a stream's name
        subject[pull.Length..].CopyTo(room[(pull.Length + _utf8.Length)..]);
        return true;
    }

    /// <summary>A subject in the application: a part of what came, but for what has no prefix.</summary>
    public ReadOnlySpan<byte> OwnSubject(ReadOnlySpan<byte> subject)
    {
        if (subject.StartsWith(_utf8) && subject.Length > _utf8.Length && !MayBeSpecial(subject[_utf8.Length..]))
            return subject[_utf8.Length..];
        return subject.IsEmpty || IsReserved(subject) ? subject : Encoding.UTF8.GetBytes(OwnSubject(Encoding.UTF8.GetString(subject)));
    }

    private static bool MayBeSpecial(ReadOnlySpan<byte> subject) => subject[0] is (byte)'$' or (byte)'_';

    private static bool IsReserved(ReadOnlySpan<byte> subject)
    {
        if (!MayBeSpecial(subject))
            return false;
        int dot = subject.IndexOf((byte)'.');
        ReadOnlySpan<byte> first = dot < 0 ? subject : subject[..dot];
        foreach (byte[] reserved in ReservedUtf8)
        {
            if (first.SequenceEqual(reserved))
                return true;
        }

        return false;
    }

    private static bool IsReserved(ReadOnlySpan<char> subject)
    {
        int dot = subject.IndexOf('.');
        ReadOnlySpan<char> first = dot < 0 ? subject : subject[..dot];
        foreach (string reserved in Reserved)
        {
            if (first.SequenceEqual(reserved))
                return true;
        }

        return false;
    }

    private static bool IsOutside(ReadOnlySpan<char> text, char separator) => text.StartsWith(Outside) && text.Length > Outside.Length && text[Outside.Length] == separator;

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_]{0,31}\z")]
    private static partial Regex Pattern();
}
