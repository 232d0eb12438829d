using System.Text;
using FsCheck.Fluent;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.JetStream;

public class AckSubjectTests
{
    private const string Numbers = "3.12.15.1767323045123456789.42";

    [Theory]
    [InlineData($"$JS.ACK.orders.billing.{Numbers}")]
    [InlineData($"$JS.ACK._.szMpdrwD.orders.billing.{Numbers}")]
    [InlineData($"$JS.ACK.hub.szMpdrwD.orders.billing.{Numbers}")]
    [InlineData($"$JS.ACK.hub.szMpdrwD.orders.billing.{Numbers}.Xk2a")]
    [InlineData($"$JS.ACK.hub.szMpdrwD.orders.billing.{Numbers}.Xk2a.what.ever.comes")]
    public void TryParse_EveryForm_ReadsTheSame(string subject)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(subject);
        AckSubject.TryParse(utf8, out AckSubject ack).ShouldBeTrue();
        ack.Stream(utf8).ShouldBe("orders");
        ack.Consumer(utf8).ShouldBe("billing");
        ack.Delivered.ShouldBe(3);
        ack.StreamSequence.ShouldBe(12ul);
        ack.ConsumerSequence.ShouldBe(15ul);
        ack.UnixNanoseconds.ShouldBe(1767323045123456789);
        ack.Pending.ShouldBe(42ul);
    }

    [Fact]
    public void TryParse_Utf8Names_ReadsThem()
    {
        byte[] utf8 = Encoding.UTF8.GetBytes($"$JS.ACK.größe.日本.{Numbers}");
        AckSubject.TryParse(utf8, out AckSubject ack).ShouldBeTrue();
        ack.Stream(utf8).ShouldBe("größe");
        ack.Consumer(utf8).ShouldBe("日本");
    }

    [Theory]
    [InlineData($"$JS.ACK.orders.billing.{Numbers}")]
    [InlineData($"$JS.ACK.hub.szMpdrwD.orders.billing.{Numbers}")]
    public void TryParse_CutAnywhereBeforeTheLastToken_IsFalse(string subject)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(subject);
        for (int length = 0; length <= subject.LastIndexOf('.') + 1; length++)
            AckSubject.TryParse(utf8.AsSpan(0, length), out _).ShouldBeFalse(subject[..length]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$JS.ACK.")]
    [InlineData("_INBOX.abc")]
    [InlineData($"$JS.ack.orders.billing.{Numbers}")]
    [InlineData($"$JS.NAK.orders.billing.{Numbers}")]
    [InlineData($"$JS.ACK.hash.orders.billing.{Numbers}")] // 10 tokens
    [InlineData("$JS.ACK.orders.billing.3.12.15.17..42")]
    [InlineData("$JS.ACK.orders.billing.x.12.15.17.42")]
    [InlineData("$JS.ACK.orders.billing.3.-12.15.17.42")]
    [InlineData("$JS.ACK.orders.billing.3.12.1e5.17.42")]
    [InlineData("$JS.ACK.orders.billing.3.12.15.0x17.42")]
    [InlineData("$JS.ACK.orders.billing.3.12.15.17.42 ")]
    [InlineData("$JS.ACK.orders.billing.3.99999999999999999999.15.17.42")]
    public void TryParse_Garbage_IsFalse(string subject)
    {
        AckSubject.TryParse(Encoding.UTF8.GetBytes(subject), out AckSubject ack).ShouldBeFalse();
        ack.ShouldBe(default);
    }

    [Fact]
    public void TryParse_DeliveredBeyondInt_IsTheMost()
    {
        AckSubject.TryParse("$JS.ACK.orders.billing.99999999999.1.1.1.1"u8, out AckSubject ack).ShouldBeTrue();
        ack.Delivered.ShouldBe(int.MaxValue);
    }

    [Fact]
    public void TryParse_AnyBytes_NeverThrows() => Samples.ForAll(
        from start in Gen.Elements("", "$JS.ACK.", "$JS.ACK.a.b.1.2.3.")
        from rest in Gen.ListOf(Gen.Elements('.', '.', '1', '9', '-', 'a', '\0', 'ß', ' ')).Resize(40)
        select Encoding.UTF8.GetBytes(start + string.Concat(rest)),
        bytes => !AckSubject.TryParse(bytes, out AckSubject ack) || ack.Delivered >= 0,
        runs: 2_000);

    [Fact]
    public void TryParse_Never_Allocates()
    {
        byte[] nine = Encoding.UTF8.GetBytes($"$JS.ACK.orders.billing.{Numbers}");
        byte[] twelve = Encoding.UTF8.GetBytes($"$JS.ACK.hub.szMpdrwD.orders.billing.{Numbers}.Xk2a");
        (int runs, int parsed) = (0, 0);
        Allocation.Of(1_000, () =>
        {
            runs++;
            parsed += AckSubject.TryParse(nine, out _) ? 1 : 0;
            parsed += AckSubject.TryParse(twelve, out _) ? 1 : 0;
            parsed += AckSubject.TryParse("_INBOX.x"u8, out _) ? 1 : 0;
        }).ShouldBe(0);
        parsed.ShouldBe(2 * runs);
    }
}
