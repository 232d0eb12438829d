using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class CreateOnlyTests
{
    private static Verify Rule => Verify.Rule("NATS0509");

    [Fact]
    public Task CreateInSetup_Triggers() => Rule.Says(
        "Create leaves a stream that exists as it is, so changes of this code never reach it. Use CreateOrUpdate.", Setup("[[|StreamOperation.Create(Config)|]]"));

    [Fact]
    public Task CreateOrUpdate_DoesNotTrigger() => Rule.Reports(Setup("[StreamOperation.CreateOrUpdate(Config)]"));

    [Fact]
    public Task CreateElsewhere_DoesNotTrigger() => Rule.Reports("public static class Tool { public static StreamOperation Make() => StreamOperation.Create(new StreamConfig(\"a\")); }");

    [Fact]
    public Task Fix_CallsCreateOrUpdate() => Rule.Fixes(
        Setup("[[|StreamOperation.Create(Config)|], [|Nats.Consumer.StreamOperation .Create(Config)|]]"),
        Setup("[StreamOperation.CreateOrUpdate(Config), Nats.Consumer.StreamOperation .CreateOrUpdate(Config)]"));

    private static string Setup(string operations) => $$"""
        public class OrderConsumer : PullConsumer
        {
            private static readonly StreamConfig Config = new("orders");
            public override string StreamName => "orders";
            protected override IEnumerable<StreamOperation> Setup() => {{operations}};
        }
        """;
}
