using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

/// <summary>
/// Streams of frames, mutated and cut at random. However it is cut, a stream gives the same frames, or the same refusal after the same frames. NATS_FUZZ_ROUNDS says how many rounds
/// (100,000 by default; eng/fuzz.sh runs ten million), NATS_FUZZ_SEED repeats a run.
/// </summary>
public sealed class FrameReaderFuzzTests(ITestOutputHelper output)
{
    private const int DefaultRounds = 100_000;

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "PING\r\n", "PONG\r\n", "+OK\r\n", "-ERR 'Permissions Violation for Publish to \"a\"'\r\n",
            "INFO {\"server_id\":\"X\",\"version\":\"2.10.0\",\"max_payload\":1048576,\"headers\":true}\r\n",
            "MSG a.b 1 0\r\n\r\n", "MSG a.b 7 5\r\nhello\r\n", "MSG a.b.c 12 $JS.ACK.s.c.1.2.3.4.5 3\r\n\r\n\0\r\n",
            "HMSG x 9 12 12\r\nNATS/1.0\r\n\r\n\r\n", "HMSG x 9 r 24 26\r\nNATS/1.0 408 Time-out\r\n\r\nhi\r\n".Replace("24 26", "25 27", StringComparison.Ordinal),
            "MSG  ü.ß\t3   4\r\nMSG \r\n", "\r\n", "MSG a 1 99999999999\r\n", "HMSG a 1 5 3\r\nabc\r\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void TryRead_MutatedAndCutAtRandom_GivesTheSameFramesHoweverItIsCut()
    {
        int rounds = Setting("NATS_FUZZ_ROUNDS", DefaultRounds);
        int seed = Setting("NATS_FUZZ_SEED", Environment.TickCount);
        output.WriteLine($"{rounds:N0} rounds, seed {seed}.");
        var random = new Random(seed);
        var stream = new ArrayBufferWriter<byte>();
        long began = Stopwatch.GetTimestamp();
        (int refused, long frames) = (0, 0);
        for (int round = 0; round < rounds; round++)
        {
            Make(stream, random);
            Outcome whole = Read(stream.WrittenSpan, random, cut: false);
            Outcome cut = Read(stream.WrittenSpan, random, cut: true);
            if (whole != cut)
                Assert.Fail($"Round {round} of seed {seed}: {whole} in one piece, {cut} in pieces: {Convert.ToHexString(stream.WrittenSpan)}");
            refused += whole.Refused ? 1 : 0;
            frames += whole.Frames;
        }

        output.WriteLine($"{frames:N0} frames, {refused:N0} streams refused, {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s.");
        refused.ShouldBeInRange(1, rounds - 1, "both kinds of streams must come up");
    }

    private static void Make(ArrayBufferWriter<byte> stream, Random random)
    {
        stream.ResetWrittenCount();
        for (int pieces = random.Next(1, 8); pieces > 0; pieces--)
            stream.Write(Pieces[random.Next(Pieces.Length)]);
        byte[] bytes = stream.WrittenSpan.ToArray();
        for (int mutations = random.Next(-2, 4); mutations > 0; mutations--)
        {
            int at = random.Next(bytes.Length);
            bytes[at] = random.Next(4) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)('0' + random.Next(10)),
                2 => " \r\n\t"u8[random.Next(4)],
                _ => bytes[random.Next(bytes.Length)],
            };
        }

        stream.ResetWrittenCount();
        stream.Write(bytes.AsSpan(0, random.Next(8) == 0 ? random.Next(bytes.Length + 1) : bytes.Length));
    }

    // What a session does: receive some, read all frames that are complete, receive more.
    private static Outcome Read(ReadOnlySpan<byte> stream, Random random, bool cut)
    {
        var buffer = new byte[stream.Length];
        (int start, int end) = (0, 0);
        (int frames, long sum) = (0, 0);
        int needed = 1;
        try
        {
            while (end < stream.Length)
            {
                int length = cut ? random.Next(1, Math.Min(40, stream.Length - end) + 1) : stream.Length - end;
                stream.Slice(end, length).CopyTo(buffer.AsSpan(end));
                end += length;
                Frame frame = default;
                while (FrameReader.TryRead(buffer.AsSpan(start, end - start), ref frame, out needed))
                {
                    if (frame.Length <= 0 || frame.Length > end - start)
                        throw new InvalidOperationException($"A frame of {frame.Length} bytes in {end - start}.");
                    start += frame.Length;
                    frames++;
                    sum = (sum * 31) + HashOf(frame);
                }

                if (needed <= end - start)
                    throw new InvalidOperationException($"{needed} bytes are needed and {end - start} are there: the session would spin.");
            }

            return new Outcome(frames, sum, Refused: false);
        }
        catch (NatsProtocolException)
        {
            return new Outcome(frames, sum, Refused: true);
        }
    }

    private static int HashOf(in Frame frame)
    {
        var hash = default(HashCode);
        hash.Add(frame.Kind);
        hash.Add(frame.Length);
        hash.Add(frame.SubscriptionId);
        hash.AddBytes(frame.Subject);
        hash.AddBytes(frame.ReplyTo);
        hash.AddBytes(frame.Headers);
        hash.AddBytes(frame.Payload);
        return hash.ToHashCode();
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    private readonly record struct Outcome(int Frames, long Sum, bool Refused);
}
