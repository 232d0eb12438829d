using FsCheck.Fluent;
using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

public class DurableNamesTests
{
    private static readonly FsCheck.Gen<string> Name =
        Gen.ListOf(Gen.Elements('a', 'B', '0', '.', '.', '-', '-', '_', '2', 'e', ' ', '*', '>', '/', '\\', '\n', 'ß', '`')).Resize(6).Select(chars => new string([.. chars]));

    [Theory]
    [InlineData("Orders.Worker", "BillingConsumer", "Orders-Worker--BillingConsumer")]
    [InlineData("orders", "Billing", "orders--Billing")]
    [InlineData("my-app", "My_Consumer", "my_002dapp--My_005fConsumer")]
    [InlineData("a..b", "C", "a-_002eb--C")]
    [InlineData(".a.", "C", "_002ea_002e--C")]
    [InlineData("Größe", "Fo`1", "Gr_00f6_00dfe--Fo_00601")]
    public void Derive_Names_IsThis(string application, string className, string durable) => DurableNames.Derive(application, className).ShouldBe(durable);

    [Fact]
    public void Derive_UnlikePairs_AreUnlike() => Samples.ForAll(
        from a in Name from b in Name from c in Name from d in Name select (a, b, c, d),
        x => (x.a, x.b) == (x.c, x.d) || DurableNames.Derive(x.a, x.b) != DurableNames.Derive(x.c, x.d),
        runs: 5_000);

    [Fact]
    public void Derive_AllShortPairs_AreUnlike()
    {
        string[] names = [.. Words(3)];
        var seen = new HashSet<string>();
        foreach (string application in names)
        {
            foreach (string className in names)
                seen.Add(DurableNames.Derive(application, className)).ShouldBeTrue($"{application} and {className}");
        }

        static IEnumerable<string> Words(int length) => length == 0 ? [""] : Words(length - 1).SelectMany(word => new[] { "", "a", ".", "-", "_" }, string.Concat).Distinct();
    }

    [Fact]
    public void Derive_AnyPair_IsLegalOnTheServer() => Samples.ForAll(
        from a in Name from b in Name select DurableNames.Derive(a, b),
        name =>
        {
            JetStreamName.ThrowIfInvalid(name, "durable");
            return name.All(char.IsAscii);
        });
}
