namespace Nats.Consumer.Client.Wire;

/// <summary>Commands in a row, with marks on those that must not be sent under all circumstances. Not safe for concurrent use.</summary>
internal sealed class OutboxBuffer
{
    private const int NormalSize = 64 * 1024;
    private const int KeptSize = 1024 * 1024;
    private const int RoundsBeforeShrinking = 256;

    private readonly List<Mark> _marks = [];
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(NormalSize);
    private int _smallRounds;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Content => _bytes.AsMemory(0, Length);

    public void Append(ReadOnlySpan<byte> command, bool dropOnDisconnect, long expiresAt)
    {
        command.CopyTo(Reserve(command.Length));
        Commit(command.Length, dropOnDisconnect, expiresAt);
    }

    /// <summary>Room of at least <paramref name="size"/> bytes after the content.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
            Array.Resize(ref _bytes, (int)Math.Max(Math.Min((long)_bytes.Length * 2, Array.MaxLength), checked((long)Length + size)));
        return _bytes.AsSpan(Length);
    }

    public void Commit(int size, bool dropOnDisconnect, long expiresAt)
    {
        if (dropOnDisconnect || expiresAt != 0)
            _marks.Add(new Mark(Length, size, dropOnDisconnect, expiresAt));
        Length += size;
    }

    /// <summary>Puts commands before everything else.</summary>
    public void Prepend(ReadOnlySpan<byte> commands)
    {
        Reserve(commands.Length);
        _bytes.AsSpan(0, Length).CopyTo(_bytes.AsSpan(commands.Length));
        commands.CopyTo(_bytes);
        Length += commands.Length;
        for (int i = 0; i < _marks.Count; i++)
            _marks[i] = _marks[i] with { Start = _marks[i].Start + commands.Length };
    }

    /// <summary>Takes out what means something only on the connection that has just been lost.</summary>
    public void DropForDisconnect() => Drop(static (mark, _) => mark.DropOnDisconnect, 0);

    /// <summary>Takes out what is not worth sending any more.</summary>
    public int DropExpired(long now) => Drop(static (mark, now) => mark.ExpiresAt != 0 && mark.ExpiresAt <= now, now);

    /// <summary>Forgets the content. A large buffer is given back when nothing large has come for a while: who publishes in bulk fills it again at once.</summary>
    public void Clear()
    {
        _smallRounds = Length > KeptSize ? 0 : _smallRounds + 1;
        Length = 0;
        _marks.Clear();
        if (_bytes.Length > KeptSize && _smallRounds > RoundsBeforeShrinking)
            _bytes = GC.AllocateUninitializedArray<byte>(NormalSize);
    }

    private int Drop(Func<Mark, long, bool> drop, long now)
    {
        int kept = 0; // where the kept content ends
        int read = 0; // what has been looked at
        int dropped = 0;
        var marks = new List<Mark>();
        foreach (Mark mark in _marks)
        {
            Keep(mark.Start);
            if (drop(mark, now))
            {
                read = mark.Start + mark.Length;
                dropped++;
            }
            else
            {
                marks.Add(mark with { Start = kept });
                Keep(mark.Start + mark.Length);
            }
        }

        Keep(Length);
        Length = kept;
        _marks.Clear();
        _marks.AddRange(marks);
        return dropped;

        void Keep(int end)
        {
            _bytes.AsSpan(read, end - read).CopyTo(_bytes.AsSpan(kept));
            kept += end - read;
            read = end;
        }
    }

    private readonly record struct Mark(int Start, int Length, bool DropOnDisconnect, long ExpiresAt);
}
