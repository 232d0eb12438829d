using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Streams;

/// <summary>Messages that are read from a stream, by request, directly, or as it sends them on.</summary>
public abstract class ReadingTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : ReadingTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : ReadingTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : ReadingTests(target), IClassFixture<ServerTarget>;

    [Theory]
    [InlineData("""{"seq":2}""", 2)]
    [InlineData("""{"last_by_subj":"~.a"}""", 3)]
    [InlineData("""{"last_by_subj":"~.*"}""", 4)]
    [InlineData("""{"next_by_subj":"~.a"}""", 1)]
    [InlineData("""{"seq":2,"next_by_subj":"~.a"}""", 3)]
    [InlineData("""{"seq":3,"next_by_subj":"~.b"}""", 4)]
    [InlineData("""{"seq":2,"next_by_subj":"~.>"}""", 2)]
    [InlineData("""{"seq":9}""", 0)]
    [InlineData("""{"last_by_subj":"~.c"}""", 0)]
    [InlineData("""{"seq":4,"next_by_subj":"~.a"}""", 0)]
    public async Task GetMessage_Query_FindsIt(string query, int sequence)
    {
        WireStream stream = await NewStreamAsync();
        foreach (string subject in new[] { "a", "b", "a", "b" })
            await stream.PublishAsync(subject, subject);

        JsonObject answer = await Client.AskAsync($"STREAM.MSG.GET.{stream.Name}", query.Replace("~", stream.Name, StringComparison.Ordinal));

        if (sequence > 0)
            ((int)answer["message"]!["seq"]!).ShouldBe(sequence);
        else
            ApiRefusal.From(answer, query).ShouldBe(new ApiRefusal(404, 10037, "no message found"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"seq":1,"last_by_subj":"a"}""")]
    public async Task GetMessage_BadQuery_IsRefused(string query)
    {
        WireStream stream = await NewStreamAsync();

        (await Client.RefusedAsync($"STREAM.MSG.GET.{stream.Name}", query)).ShouldBe(new ApiRefusal(400, 10003, "bad request"));
    }

    [Theory]
    [InlineData("", """{"seq":1}""", "one")]
    [InlineData("", """{"last_by_subj":"~.b"}""", "two")]
    [InlineData(".~.b", "", "two")]
    public async Task DirectGet_Query_IsTheMessageItself(string more, string query, string text)
    {
        WireStream stream = await NewStreamAsync("""{"allow_direct":true}""");
        await stream.PublishAsync("a", "one", ("X", "y"));
        await stream.PublishAsync("b", "two", ("X", "y"));

        NatsReply reply = await Client.RequestAsync(
            $"$JS.API.DIRECT.GET.{stream.Name}{more.Replace("~", stream.Name, StringComparison.Ordinal)}", query.Replace("~", stream.Name, StringComparison.Ordinal));

        NatsMessage message = reply.Message;
        System.Text.Encoding.UTF8.GetString(message.Payload.Span).ShouldBe(text);
        message.Headers!["X"].ShouldBe("y");
        message.Headers["Nats-Stream"].ShouldBe(stream.Name);
        message.Headers["Nats-Subject"].ShouldBe(stream.Subject(text == "one" ? "a" : "b"));
        message.Headers["Nats-Sequence"].ShouldBe(text == "one" ? "1" : "2");
        message.Headers["Nats-Time-Stamp"].ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("", """{"seq":9}""", "404 Message Not Found")]
    [InlineData(".~.c", "", "404 Message Not Found")]
    [InlineData("", "", "408 Empty Request")]
    [InlineData("", "{}", "408 Empty Request")]
    [InlineData("", "{broken", "408 Malformed Request")]
    public async Task DirectGet_NothingFound_IsAStatus(string more, string query, string status)
    {
        WireStream stream = await NewStreamAsync("""{"allow_direct":true}""");

        NatsReply reply = await Client.RequestAsync($"$JS.API.DIRECT.GET.{stream.Name}{more.Replace("~", stream.Name, StringComparison.Ordinal)}", query);

        reply.Message.Status.ToString().ShouldBe(status);
    }

    [Fact]
    public async Task Republish_StoredMessage_GoesOutAgain()
    {
        string prefix = WireClient.NewName("r");
        WireStream stream = await NewStreamAsync($$"""{"republish":{"src":">","dest":"{{prefix}}.>"} }""");
        await using Inbox inbox = await Client.SubscribeAsync($"{prefix}.>");
        await stream.PublishAsync("a", "1");

        await stream.PublishAsync("a", "2", ("X", "y"));

        IReadOnlyList<Received> both = await inbox.NextAsync(2);
        both[1].Text.ShouldBe("2");
        both[1].Subject.ShouldBe($"{prefix}.{stream.Subject("a")}");
        both[1].Header("X").ShouldBe("y");
        both[1].Header("Nats-Stream").ShouldBe(stream.Name);
        both[1].Header("Nats-Sequence").ShouldBe("2");
        both[1].Header("Nats-Last-Sequence").ShouldBe("1");
        both[0].Header("Nats-Last-Sequence").ShouldBe("0");
    }
}
