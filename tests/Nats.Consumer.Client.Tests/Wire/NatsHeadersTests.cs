using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class NatsHeadersTests
{
    [Theory]
    [InlineData("NATS/1.0 503\r\n\r\n", 503, "")]
    [InlineData("NATS/1.0 408 Request Timeout\r\nNats-Pending-Messages: 1\r\n\r\n", 408, "Request Timeout")]
    [InlineData("NATS/1.0   100   Idle Heartbeat  \r\n\r\n", 100, "Idle Heartbeat")]
    [InlineData("NATS/1.0 409 Consumer Deleted", 409, "Consumer Deleted")]
    [InlineData("NATS/1.0\r\nA: 1\r\n\r\n", 0, null)]
    [InlineData("NATS/1.0 OK\r\n\r\n", 0, null)]
    [InlineData("NATS/1.0 40\r\n\r\n", 0, null)]
    [InlineData("NATS/1.0 -40\r\n\r\n", 0, null)]
    [InlineData("NATS/1.0 4040 x\r\n\r\n", 0, null)]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", 0, null)]
    [InlineData("", 0, null)]
    public void Status_OnTheFirstLine_IsRead(string block, int code, string? text) =>
        NatsHeaders.ParseStatus(Encoding.UTF8.GetBytes(block)).ShouldBe(new NatsStatus(code, text!));

    [Theory]
    [InlineData(503, "", "503")]
    [InlineData(408, "Request Timeout", "408 Request Timeout")]
    public void Status_AsText_IsReadable(int code, string text, string expected) => new NatsStatus(code, text).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("NATS/1.0\r\nA: 1\r\na: 2\r\nB:\r\nC:no space\r\n\r\n", "A=1|a=2|B=|C=no space")]
    [InlineData("NATS/1.0 503\r\nA:  1:2  \r\n\r\n", "A=1:2")]
    [InlineData("NATS/1.0\r\nno colon\r\n: no name\r\nA: 1\r\n\r\n", "A=1")]
    [InlineData("NATS/1.0\nA: 1\nB: 2", "A=1|B=2")]
    [InlineData("NATS/1.0\r\n\r\n", "")]
    [InlineData("NATS/1.0", "")]
    [InlineData("", "")]
    public void Block_FromTheWire_IsRead(string block, string expected) =>
        string.Join('|', NatsHeaders.Parse(Encoding.UTF8.GetBytes(block)).Select(entry => $"{entry.Key}={entry.Value}")).ShouldBe(expected);

    [Fact]
    public void Names_InAnotherCase_AreFound()
    {
        var headers = new NatsHeaders { { "Nats-Msg-Id", "1" }, { "other", "x" }, { "NATS-MSG-ID", "2" } };
        headers["nats-msg-id"].ShouldBe("1");
        headers.GetValues("nats-Msg-id").ShouldBe(["1", "2"]);
        headers.TryGetValue("NATS-msg-ID", out string? value).ShouldBeTrue();
        value.ShouldBe("1");
        headers["missing"].ShouldBeNull();
        headers.Count.ShouldBe(3);
    }

    [Fact]
    public void Name_Set_ReplacesAllItsValues()
    {
        var headers = new NatsHeaders { { "A", "1" }, { "B", "b" }, { "a", "2" } };
        headers["A"] = "3";
        headers.GetValues("a").ShouldBe(["3"]);
        headers["A"] = null;
        headers.Select(entry => entry.Key).ShouldBe(["B"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a\r\nInjected")]
    [InlineData("a\n")]
    [InlineData("a\t")]
    [InlineData("\u007f")]
    public void Name_Unsafe_IsRefused(string name)
    {
        var headers = new NatsHeaders();
        Should.Throw<ArgumentException>(() => headers.Add(name, "x"));
        Should.Throw<ArgumentException>(() => headers[name] = "x");
        headers.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("a\r\nInjected: yes")]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    public void Value_WithALineBreak_IsRefused(string value)
    {
        var headers = new NatsHeaders { { "A", "old" } };
        Should.Throw<ArgumentException>(() => headers.Add("A", value)).Message.ShouldContain("'A'");
        Should.Throw<ArgumentException>(() => headers["A"] = value);
        headers["A"].ShouldBe("old");
    }

    [Fact]
    public void Headers_WrittenAndRead_AreTheSame()
    {
        Gen<string> name = Gen.Elements("abcXYZ-_09ü".ToCharArray()).NonEmptyListOf().Select(chars => string.Concat(chars));
        Gen<string> value = Gen.Elements("abc XYZ:09ü注\t,".ToCharArray()).ListOf().Select(chars => string.Concat(chars).Trim());
        Gen<List<(string Name, string Value)>> entries = Gen.Zip(name, value).ListOf().Select(list => list.Select(pair => (pair.Item1, pair.Item2)).ToList());
        Prop.ForAll(entries.ToArbitrary(), list =>
        {
            var headers = new NatsHeaders();
            foreach ((string key, string text) in list)
                headers.Add(key, text);
            byte[] block = new byte[HeaderBlock.Length(headers)];
            var writer = new SpanWriter(block);
            HeaderBlock.Write(headers, ref writer);
            writer.Written.ShouldBe(block.Length);
            NatsHeaders.Parse(block).ShouldBe(headers);
            NatsHeaders.ParseStatus(block).Code.ShouldBe(0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }
}
