using System.Text;
using FsCheck.Fluent;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.JetStream.Publishing;

public class PublishReplyTests
{
    [Theory]
    [InlineData("""{"stream":"orders","seq":7}""", "orders", 7, false, null)]
    [InlineData("""{"stream":"orders","seq":7,"duplicate":true}""", "orders", 7, true, null)]
    [InlineData("""{"domain":"hub","seq":7,"stream":"orders","duplicate":false}""", "orders", 7, false, "hub")]
    [InlineData("""{"stream":"gr\u00f6\u00dfe","seq":7,"val":{"a":[1,{"seq":9}]},"batch":"x"}""", "größe", 7, false, null)]
    public void Read_Confirmation_IsTheAck(string json, string stream, ulong sequence, bool duplicate, string? domain)
    {
        new PublishReply().Read(Encoding.UTF8.GetBytes(json), "a.b", out PublishAck ack).ShouldBeNull();
        ack.ShouldBe(new PublishAck(stream, sequence, duplicate) { Domain = domain });
    }

    [Theory]
    [InlineData("""{"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 5"},"stream":"orders","seq":0}""")]
    [InlineData("""{"stream":"orders","seq":0,"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 5"}}""")]
    public void Read_Error_IsTheServersWords(string json)
    {
        var error = new PublishReply().Read(Encoding.UTF8.GetBytes(json), "a.b", out _).ShouldBeOfType<JetStreamApiException>();
        error.Message.ShouldBe("Publishing to 'a.b': the server refused (400, error 10071): wrong last sequence: 5.");
        error.IsWrongLastSequence.ShouldBeTrue();
    }

    [Fact]
    public void Read_TimeToLiveNotAllowed_SaysWhatToSet()
    {
        byte[] json = """{"error":{"code":400,"err_code":10166,"description":"per-message TTL is disabled"}}"""u8.ToArray();
        new PublishReply().Read(json, "a.b", out _)!.Message.ShouldEndWith("per-message TTL is disabled. Set AllowMessageTimeToLive for the stream.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("pong")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"stream":"orders"}""")]
    [InlineData("""{"stream":"orders","seq":-1}""")]
    [InlineData("""{"stream":"orders","seq":"7"}""")]
    [InlineData("""{"stream":7,"seq":7}""")]
    [InlineData("""{"stream":"orders","seq":7""")]
    [InlineData("""{"error":"no"}""")]
    public void Read_AnythingElse_IsNotFromAStream(string text)
    {
        Exception? error = new PublishReply().Read(Encoding.UTF8.GetBytes(text), "a.b", out _);
        error.ShouldNotBeNull().Message.ShouldBe("The answer to the message to 'a.b' is not from a stream. Somebody else who subscribes to the subject replies to it.");
    }

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Samples.ForAll(
        from parts in Gen.ListOf(Gen.Elements("{", "}", "[", "]", "\"stream\"", "\"seq\"", "\"error\"", ":", ",", "1", "\"x\"", "null", "\0", "true")).Resize(12)
        select Encoding.UTF8.GetBytes(string.Concat(parts)),
        bytes => new PublishReply().Read(bytes, "a", out PublishAck ack) is not null || ack.Sequence > 0,
        runs: 3_000);

    [Fact]
    public void Read_TheSameStreamAgain_AllocatesNothing()
    {
        var reply = new PublishReply();
        byte[] json = """{"stream":"orders","domain":"hub","seq":123456789,"duplicate":true}"""u8.ToArray();
        Allocation.Of(1_000, () => reply.Read(json, "a.b", out _)).ShouldBe(0);
    }
}
