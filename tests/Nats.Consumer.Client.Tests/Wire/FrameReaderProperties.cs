using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class FrameReaderProperties
{
    private static readonly Gen<string> Token =
        Gen.Elements("abcXYZ019_-$>*.".ToCharArray()).NonEmptyListOf().Select(chars => string.Concat(chars));

    private static readonly Gen<string> Blank = Gen.Elements(" ", "  ", "\t", " \t ");

    private static readonly Gen<string> Bytes =
        Gen.Choose(0, 255).ListOf().Select(bytes => Encoding.Latin1.GetString([.. bytes.Select(b => (byte)b)]));

    private static readonly Gen<(string Wire, FrameCopy Frame)> Message =
        from subject in Token
        from id in Gen.Choose(0, int.MaxValue)
        from reply in Gen.OneOf(Gen.Constant(""), Token)
        from payload in Bytes
        from blank in Blank
        let line = reply.Length == 0 ? $"{subject}{blank}{id}" : $"{subject}{blank}{id}{blank}{reply}"
        select ($"MSG{blank}{line}{blank}{payload.Length}\r\n{payload}\r\n", new FrameCopy(FrameKind.Message, id, subject, reply, "", payload));

    private static readonly Gen<(string Wire, FrameCopy Frame)> MessageWithHeaders =
        from subject in Token
        from id in Gen.Choose(0, int.MaxValue)
        from reply in Gen.OneOf(Gen.Constant(""), Token)
        from headers in Bytes
        from payload in Bytes
        let line = reply.Length == 0 ? $"{subject} {id}" : $"{subject} {id} {reply}"
        select (
            $"HMSG {line} {headers.Length} {headers.Length + payload.Length}\r\n{headers}{payload}\r\n",
            new FrameCopy(FrameKind.Message, id, subject, reply, headers, payload));

    private static readonly Gen<(string Wire, FrameCopy Frame)> Line = Gen.Elements(
        ("PING\r\n", new FrameCopy(FrameKind.Ping, 0, "", "", "", "")),
        ("PONG\r\n", new FrameCopy(FrameKind.Pong, 0, "", "", "", "")),
        ("+OK\r\n", new FrameCopy(FrameKind.Ok, 0, "", "", "", "")),
        ("INFO {}\r\n", new FrameCopy(FrameKind.Info, 0, "", "", "", "{}")),
        ("-ERR 'no'\r\n", new FrameCopy(FrameKind.Error, 0, "", "", "", "no")));

    private static readonly Gen<List<(string Wire, FrameCopy Frame)>> Stream = Gen.OneOf(Message, MessageWithHeaders, Line).ListOf().Select(Enumerable.ToList);

    [Fact]
    public void Frames_InRandomChunks_AreReadAsTheyWereWritten() =>
        Prop.ForAll(Stream.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (stream, seed) =>
        {
            var random = new System.Random(seed);
            byte[] wire = Encoding.Latin1.GetBytes(string.Concat(stream.Select(frame => frame.Wire)));
            FrameCopy.ReadInChunks(wire, _ => random.Next(1, 40)).ShouldBe(stream.Select(frame => frame.Frame));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Frames_Mutated_AreReadOrRefusedAndNothingElse() =>
        Prop.ForAll(Stream.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (stream, seed) =>
        {
            var random = new System.Random(seed);
            List<byte> wire = [.. Encoding.Latin1.GetBytes(string.Concat(stream.Select(frame => frame.Wire)))];
            for (int mutations = random.Next(1, 6); mutations > 0; mutations--)
                Mutate(wire, random);
            int steps = 0;
            try
            {
                FrameCopy.ReadInChunks(wire.ToArray(), _ =>
                {
                    (++steps).ShouldBeLessThanOrEqualTo(wire.Count);
                    return random.Next(1, 40);
                });
            }
            catch (NatsProtocolException e)
            {
                e.Message.Length.ShouldBeLessThan(600);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static void Mutate(List<byte> wire, System.Random random)
    {
        int at = random.Next(wire.Count + 1);
        byte value = (byte)(random.Next(2) == 0 ? "0123456789 \r\n-+\t"[random.Next(16)] : random.Next(256));
        switch (random.Next(3))
        {
            case 0:
                wire.Insert(at, value);
                break;
            case 1 when at < wire.Count:
                wire[at] = value;
                break;
            case 2 when at < wire.Count:
                wire.RemoveAt(at);
                break;
        }
    }
}
