namespace Nats.Consumer.Tests.Handling;

public class LegalSignatureTests
{
    private static readonly Guid Id = Guid.Parse("0195e1a4-5b1e-7c3a-9d2f-0123456789ab");

    [Fact]
    public async Task Describe_NoParameters_Calls() => (await SeenAsync("none")).ShouldBe("none");

    [Fact]
    public async Task Describe_PayloadOnly_ReadsJson() => (await SeenAsync("payload", """{"number":7}""")).ShouldBe("order 7");

    [Fact]
    public async Task Describe_MessageOnly_PassesIt() => (await SeenAsync("message")).ShouldBe("message message");

    [Fact]
    public async Task Describe_CancellationTokenOnly_PassesIt()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var handler = new Signatures<int>.All();
        await Described.CallAsync(handler, "token", cancellationToken: source.Token);
        handler.Seen.ShouldBe("cancelled True");
    }

    [Fact]
    public async Task Describe_RawPayloads_PassTheBytes()
    {
        (await SeenAsync("bytes", "no json")).ShouldBe("no json");
        (await SeenAsync("memory", "no json")).ShouldBe("no json");
        (await SeenAsync("bytes", "")).ShouldBe("");
    }

    [Fact]
    public async Task Describe_TokensOfEachType_BindsThemByName()
    {
        (await SeenAsync("text.größe")).ShouldBe("größe");
        (await SeenAsync($"guid.{Id}")).ShouldBe($"{Id}");
        (await SeenAsync("int.-42")).ShouldBe("-42");
        (await SeenAsync("day.2026-02-03")).ShouldBe("2026-02-03");
        (await SeenAsync("decimal.3")).ShouldBe("3");
        (await SeenAsync("keyword.created")).ShouldBe("created");
    }

    [Fact]
    public async Task Describe_TokenLongerThanTheStackBuffer_BindsIt() => (await SeenAsync($"long.{new string('0', 300)}7")).ShouldBe("7");

    [Fact]
    public async Task Describe_TokensInOtherOrderThanParameters_BindsByName() => (await SeenAsync($"two.1.b.{Id}")).ShouldBe($"{Id} 1");

    [Fact]
    public async Task Describe_AllInAnyOrder_Calls()
    {
        (await SeenAsync("mixed1.5", """{"number":7}""")).ShouldBe("5 7 mixed1.5");
        (await SeenAsync("mixed2.5", """{"number":7}""")).ShouldBe("5 7 mixed2.5");
    }

    [Fact]
    public async Task Describe_SeveralPatterns_EachBinds()
    {
        (await SeenAsync("first.x.y")).ShouldBe("x");
        (await SeenAsync("second.y.x")).ShouldBe("x");
        (await SeenAsync("third.x")).ShouldBe("x");
    }

    [Fact]
    public async Task Describe_UnboundTokenInThePattern_IsAllowed() => (await SeenAsync("unbound.x")).ShouldBe("unbound");

    private static async Task<string?> SeenAsync(string subject, string payload = "{}")
    {
        var handler = new Signatures<int>.All();
        (await Described.CallAsync(handler, subject, payload)).ShouldBe(Outcome.Ack);
        return handler.Seen;
    }
}
