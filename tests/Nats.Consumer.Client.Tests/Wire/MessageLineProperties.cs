using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class MessageLineProperties
{
    private static readonly Gen<string> Field = Gen.Elements("a", "orders.created", "0", "7", "12", "128", "-1", "+1", "1x", "99999999", "123456789012345678", "9223372036854775807", "9999999999999999999", "");

    private static readonly Gen<string> Line =
        from fields in Field.ListOf()
        from blanks in Gen.Elements(" ", " ", " ", " ", "\t", "  ").ListOf(fields.Count + 1)
        let inner = string.Concat(fields.Select((field, i) => i == 0 ? field : blanks[i] + field))
        select inner;

    /// <summary>Lines as servers write them are read by a way of their own, which must say what the general one says.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Line_WithItsSpacesDoubled_SaysTheSame(bool hasHeaders) =>
        Prop.ForAll(Line.ToArbitrary(), line => Read(line, hasHeaders).ShouldBe(Read(line.Replace(" ", "  ", StringComparison.Ordinal), hasHeaders), line))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    private static (bool Valid, string Subject, long Id, string ReplyTo, int HeaderSize, int TotalSize) Read(string text, bool hasHeaders)
    {
        MessageLine line = default;
        return line.TryRead(Encoding.UTF8.GetBytes(text), hasHeaders)
            ? (true, Encoding.UTF8.GetString(line.Subject), line.SubscriptionId, Encoding.UTF8.GetString(line.ReplyTo), line.HeaderSize, line.TotalSize)
            : default;
    }
}
