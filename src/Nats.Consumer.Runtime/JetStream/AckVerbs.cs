using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Settling;

namespace Nats.Consumer.JetStream;

/// <summary>What a server understands as a settlement.</summary>
internal static class AckVerbs
{
    /// <summary>Room enough for a negative ack.</summary>
    public const int LongestNak = 64;

    private const int LongestReason = 500;

    // A reason makes older servers ignore the whole +TERM (seen on 2.9.10).
    private static readonly Version WithTermReason = new(2, 10, 4);

    public static ReadOnlySpan<byte> Ack => "+ACK"u8;

    public static ReadOnlySpan<byte> InProgress => "+WPI"u8;

    /// <param name="delay">Zero for at once; may be negative where a back-off of the server is to be made up for.</param>
    /// <param name="room">Where it is written.</param>
    public static ReadOnlySpan<byte> Nak(TimeSpan delay, Span<byte> room)
    {
        if (delay == TimeSpan.Zero)
            return "-NAK"u8;
        // Only a whole number of nanoseconds is understood; anything else counts as no delay at all.
        System.Text.Unicode.Utf8.TryWrite(room, $$"""-NAK {"delay":{{delay.ToNanoseconds()}}}""", out int length);
        return room[..length];
    }

    public static ReadOnlySpan<byte> Term(string? reason, NatsServerInfo? server) =>
        string.IsNullOrWhiteSpace(reason) || server is null || server.Version < WithTermReason
            ? "+TERM"u8
            : Encoding.UTF8.GetBytes($"+TERM {OneLine.Of(reason, LongestReason, " ")}");
}
