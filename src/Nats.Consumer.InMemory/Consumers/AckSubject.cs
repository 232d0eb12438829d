using System.Buffers.Text;
using Nats.Consumer.Routing;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>The last five tokens of an ack subject: deliveries, stream sequence, consumer sequence, time, pending.</summary>
internal readonly record struct AckSubject(ulong Deliveries, ulong StreamSequence, ulong ConsumerSequence)
{
    /// <summary>Reads the tokens behind a prefix; zeros where there is no number.</summary>
    public static AckSubject Parse(ReadOnlySpan<byte> subject, int prefixLength)
    {
        ReadOnlySpan<byte> rest = subject[prefixLength..];
        return new AckSubject(Number(ref rest), Number(ref rest), Number(ref rest));
    }

    private static ulong Number(ref ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> token = Utf8Tokens.Next(ref rest, out _);
        return Utf8Parser.TryParse(token, out ulong number, out int used) && used == token.Length ? number : 0;
    }
}
