using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Fixing;

/// <summary>Every fix, over all projects of a solution at once. What a fix writes exactly is tested with its rule.</summary>
public class SolutionFixTests
{
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["NATS0001"] = Code.Handle("\"orders..created\""),
        ["NATS0002"] = Code.Handle("\"orders.cre*\""),
        ["NATS0101"] = Code.Handle("\"orders-created\""),
        ["NATS0103"] = Code.Handle("\"Orders.created\""),
        ["NATS0201"] = Code.Handle("\"a\", \"a\""),
        ["NATS0301"] = Code.Handler("[Handle(\"a\")] public async void On() => await Task.Yield();"),
        ["NATS0302"] = "public class OrderHandler { [Handle(\"a\")] public Task OnAsync() => Task.CompletedTask; }",
        ["NATS0303"] = Code.Handler("[Handle(\"a\")] public async Task OnAsync() { await Task.Yield(); Thread.Sleep(1); }"),
        ["NATS0304"] = Code.Handler("[Handle(\"a\")] public Task OnAsync(CancellationToken ct) => Task.Delay(1, default);"),
        ["NATS0305"] = Code.Handler("[Handle(\"a\")] public Task OnAsync() => Task.Delay(1);"),
        ["NATS0501"] = Code.ConsumerWith("public override int MaxDeliver => 2; public override IReadOnlyList<TimeSpan> BackoffDelays => [default, default, default];"),
        ["NATS0502"] = Code.ConsumerWith("public override int MaxDeliver => 2; public override IReadOnlyList<TimeSpan> BackoffDelays => [default, default];"),
        ["NATS0505"] = Code.ConsumerNamed("Orders", "public override string StreamName => \"orders.eu\";"),
        ["NATS0506"] = Code.Stream("[\"a.>\", \"a.b\"]"),
        ["NATS0507"] = Code.Consumer("[\"a.>\", \"a.b\"]"),
        ["NATS0509"] = Code.ConsumerWith("protected override IEnumerable<StreamOperation> Setup() => [StreamOperation.Create(new StreamConfig(\"orders\"))];"),
        ["NATS0511"] = Code.ConsumerWith("public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.Nak;"),
        ["NATS0601"] = "public class OrderHandler() : ConventionHandler(\"orders.created\") { public Task handle_created() => Task.CompletedTask; }",
        ["NATS0607"] = """
            public class OrderHandler() : ConventionHandler("orders.created")
            {
                public Task handle_created() => Task.CompletedTask;
                protected override ValueTask<Outcome> FallbackAsync(MessageContext message, string reason, CancellationToken ct) => ValueTask.FromResult(Outcome.Ack);
            }
            """,
        ["NATS0608"] = "public class OrderConsumer : ConventionPullConsumer { public override string StreamName => \"orders\"; }",
        ["NATS0609"] = Code.Handler("[Handle(\"a\")] public Task handle_created() => Task.CompletedTask;"),
        ["NATS0611"] = Code.Handle("\"a.b\", \"a-b\""),
        ["NATS0802"] = """
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using System.Text.Json.Serialization.Metadata;

            public partial class AppJson(JsonSerializerOptions? options) : JsonSerializerContext(options)
            {
                public static AppJson Default { get; } = new(null);
                protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override JsonTypeInfo? GetTypeInfo(Type type) => null;
                public static void Add(NatsConsumersBuilder nats) => nats.UseJson(Default.Options);
            }

            public class OrderHandler : ConsumerHandler { [Handle("a")] public Task OnAsync(string payload) => Task.CompletedTask; }
            """,
    };

    public static TheoryData<string> Ids => [.. Shipped.Fixes.SelectMany(fix => fix.FixableDiagnosticIds)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task FixAllInSolution_FixesEveryProject(string id)
    {
        var fix = Shipped.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(id));
        var (before, after) = await SolutionFix.ApplyAsync(fix, id, [[Samples[id]], [Samples[id]], ["public class Nothing;"]]);
        before.ShouldBe([1, 1, 0]);
        after.ShouldBe([0, 0, 0]);
    }

    [Fact]
    public async Task FixAllInSolution_ChangesHandlersStreamsAndPublishersTogether()
    {
        string[] handlers = [Code.Handle("\"orders-created\""), Code.Consumer("[\"orders-created\"]")];
        string[] publishers = [Code.Publish("\"orders-created\""), Code.Stream("[\"orders-created\"]")];
        var (before, after) = await SolutionFix.ApplyAsync(Shipped.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains("NATS0101")), "NATS0101", [handlers, publishers]);
        before.ShouldBe([2, 2]);
        after.ShouldBe([0, 0]);
    }
}
