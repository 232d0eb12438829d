namespace Nats.Consumer.Client.Wire;

/// <summary>
/// Received bytes that have not been read yet. Grows for a large message, with what really arrives rather than with what was announced,
/// and goes back to its normal size when no large message has come for a while.
/// </summary>
internal sealed class ReceiveBuffer
{
    public const int NormalSize = 256 * 1024;
    private const int RoundsBeforeShrinking = 256;

    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(NormalSize);
    private int _start;
    private int _end;
    private int _smallRounds;

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Room for the next receive; never empty after <see cref="MakeRoom"/>.</summary>
    public Memory<byte> Free => _bytes.AsMemory(_end);

    public void Received(int count) => _end += count;

    public void Read(int count) => _start += count;

    /// <summary>Moves what is unread to the front and makes room for more, where a frame of <paramref name="needed"/> bytes is awaited.</summary>
    public void MakeRoom(int needed)
    {
        _smallRounds = needed > NormalSize ? 0 : _smallRounds + 1;
        int size = _bytes.Length;
        if (needed > size)
            size = Math.Min(needed, size * 2);
        else if (_smallRounds > RoundsBeforeShrinking)
            size = NormalSize;

        int unread = _end - _start;
        byte[] target = size == _bytes.Length ? _bytes : GC.AllocateUninitializedArray<byte>(size);
        if (_start > 0 || target != _bytes)
            Unread.CopyTo(target);
        (_bytes, _start, _end) = (target, 0, unread);
    }
}
