using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nats.Consumer.Prefixing;

namespace Nats.Consumer.Tests.Prefixing;

public class SubjectPrefixTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true);
    private static readonly SubjectPrefix Staging = SubjectPrefix.Parse("staging");

    [Theory]
    [InlineData("orders.new", "staging.orders.new")]
    [InlineData("orders.>", "staging.orders.>")]
    [InlineData(">", "staging.>")]
    [InlineData("*.new", "staging.*.new")]
    [InlineData("staging.orders", "staging.staging.orders")]
    [InlineData("$KV.bucket.key", "staging.$KV.bucket.key")]
    [InlineData("_DELIVER.orders.billing", "staging._DELIVER.orders.billing")]
    [InlineData("", "")]
    [InlineData("$JS.API.INFO", "$JS.API.INFO")]
    [InlineData("$JS", "$JS")]
    [InlineData("$JSON.a", "staging.$JSON.a")]
    [InlineData("$SYS.REQ.SERVER.PING", "$SYS.REQ.SERVER.PING")]
    [InlineData("$SRV.PING", "$SRV.PING")]
    [InlineData("_INBOX.abc.1", "_INBOX.abc.1")]
    [InlineData("_INBOXES.a", "staging._INBOXES.a")]
    [InlineData("$outside.orders.new", "orders.new")]
    public void Subject_OfTheApplication_IsOnTheServer(string own, string there)
    {
        Staging.Subject(own).ShouldBe(there);
        Staging.OwnSubject(there).ShouldBe(own);
    }

    [Theory]
    [InlineData("orders.new", "$outside.orders.new")]
    [InlineData("staging", "$outside.staging")]
    [InlineData("staging.", "$outside.staging.")]
    [InlineData("stagingx.orders", "$outside.stagingx.orders")]
    [InlineData(">", "$outside.>")]
    [InlineData("staging.$JS.API.INFO", "$outside.staging.$JS.API.INFO")]
    [InlineData("staging._INBOX.1", "$outside.staging._INBOX.1")]
    [InlineData("staging.$outside.a", "$outside.staging.$outside.a")]
    public void Subject_OutsideOfThePrefix_IsSaidToBe(string there, string own)
    {
        Staging.OwnSubject(there).ShouldBe(own);
        Staging.Subject(own).ShouldBe(there);
    }

    [Theory]
    [InlineData("orders", "staging-orders", true)]
    [InlineData("orders-dead-letters", "staging-orders-dead-letters", true)]
    [InlineData("$outside-orders", "orders", false)]
    [InlineData("$outside-staging", "staging", false)]
    [InlineData("$outside-staging-", "staging-", false)]
    [InlineData("$outside-staging2-orders", "staging2-orders", false)]
    public void Stream_BothWays_IsExact(string own, string there, bool isOwn)
    {
        Staging.Stream(own).ShouldBe(there);
        Staging.OwnStream(there).ShouldBe(own);
        Staging.Owns(there).ShouldBe(isOwn);
    }

    // Tokens out of which all that is special can come together.
    private static Arbitrary<string> Texts(string separator) => Gen.Choose(1, 5)
        .SelectMany(count => Gen.Elements("staging", "production", "$JS", "API", "_INBOX", "$outside", "$KV", "orders", ">", "*", "ä", "a").ArrayOf(count))
        .Select(tokens => string.Join(separator, tokens))
        .ToArbitrary();

    [Fact]
    public void Subject_WhateverTheServerHas_ComesBackAsItWas() => Check.One(Thorough, Prop.ForAll(Texts("."), there =>
    {
        string own = Staging.OwnSubject(there);
        return Staging.Subject(own) == there && Bytes(own) == there && Encoding.UTF8.GetString(Staging.OwnSubject(Encoding.UTF8.GetBytes(there))) == own;
    }));

    [Fact]
    public void Subject_WhateverTheApplicationSays_ComesBackAsItWas() => Check.One(Thorough, Prop.ForAll(Texts("."), own =>
        own.StartsWith("$outside.", StringComparison.Ordinal) || (Staging.OwnSubject(Staging.Subject(own)) == own && Bytes(own) == Staging.Subject(own))));

    [Fact]
    public void Subject_OfTwoEnvironments_IsNeverTheSame() => Check.One(Thorough, Prop.ForAll(Texts("."), Texts("."), (one, other) =>
    {
        bool isShared = Staging.Subject(one) == one || one.StartsWith("$outside", StringComparison.Ordinal) || other.StartsWith("$outside", StringComparison.Ordinal);
        return isShared || Staging.Subject(one) != SubjectPrefix.Parse("production").Subject(other);
    }));

    [Fact]
    public void Stream_WhateverTheServerHas_ComesBackAsItWas() => Check.One(Thorough, Prop.ForAll(Texts("-"), there =>
        Staging.Stream(Staging.OwnStream(there)) == there && Staging.Owns(there) == !Staging.OwnStream(there).StartsWith("$outside-", StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a-b")]
    [InlineData("$JS")]
    [InlineData("_INBOX")]
    [InlineData("*")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData("a23456789012345678901234567890123")]
    public void Parse_WhatWouldNotTellEnvironmentsApart_IsRefused(string name) =>
        Should.Throw<ArgumentException>(() => SubjectPrefix.Parse(name)).Message.ShouldStartWith($"'{name}' cannot be a subject prefix. It is one token of letters, digits and '_', at most 32");

    [Fact]
    public void Subject_OfAMessage_CostsNothing()
    {
        byte[] there = "staging.orders.new"u8.ToArray();
        byte[] own = "orders.new"u8.ToArray();
        byte[] room = new byte[100];
        int length = 0;
        Fakes.Allocation.Of(1_000, () => length += Staging.OwnSubject(there).Length + Staging.Subject(own, room).Length).ShouldBe(0);
        length.ShouldBeGreaterThan(0);
    }

    private static string Bytes(string own)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(own);
        return Encoding.UTF8.GetString(Staging.Subject(utf8, new byte[Staging.RoomFor(utf8)]));
    }
}
