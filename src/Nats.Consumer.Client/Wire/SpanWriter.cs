using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace Nats.Consumer.Client.Wire;

/// <summary>Writes one piece after the other into a span that was made large enough.</summary>
internal ref struct SpanWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    public int Written { get; private set; }

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_target[Written..]);
        Written += bytes.Length;
    }

    public void Write(string text) => Written += Encoding.UTF8.GetBytes(text, _target[Written..]);

    public void Write(int number)
    {
        bool fits = Utf8Formatter.TryFormat(number, _target[Written..], out int used);
        Debug.Assert(fits, "Room for the number was counted in.");
        Written += used;
    }
}
