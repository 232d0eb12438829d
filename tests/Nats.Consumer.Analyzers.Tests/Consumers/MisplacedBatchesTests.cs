using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class MisplacedBatchesTests
{
    private const string Batch = "public class BatchHandler : ConsumerHandler { [Handle(\"a\")] public Task OnAsync(IReadOnlyList<Message<string>> batch) => Task.CompletedTask; }";

    private static Verify Rule => Verify.Rule("NATS0519");

    [Fact]
    public Task SeveralClasses_TriggerInTheRuntimesWords() => Rule.Says(
        "BatchHandler takes batches, and then it must be the only handler class of its consumer. Name it in Handlers, and give the others a consumer of their own.",
        Batch, Code.Handle("\"b\""), Consumer("[typeof(OrderHandler), [|typeof(BatchHandler)|]]"));

    [Fact]
    public Task OrderedConsumer_Triggers() => Rule.Says(
        "BatchHandler takes batches, which an ordered consumer does not make. Take one message at a time.",
        Batch, Consumer("[[|typeof(BatchHandler)|]]").Replace("PullConsumer", "OrderedConsumer", StringComparison.Ordinal));

    [Fact]
    public Task OrderBy_Triggers() => Rule.Says(
        "BatchHandler takes batches, which a consumer with OrderBy does not make. Take one message at a time.",
        Batch, Consumer("[[|typeof(BatchHandler)|]]; public override string OrderBy => \"key\""));

    [Fact]
    public Task ClassesThatTheRuntimeFinds_TriggerInAnApplication() => Rule.InApplication().Reports(
        Code.Main, Batch, Code.Handle("\"b\""), "public class [|OrderConsumer|] : PullConsumer { public override string StreamName => \"orders\"; }");

    [Theory]
    [InlineData("[typeof(BatchHandler)]")]
    [InlineData("[typeof(BatchHandler), typeof(BatchHandler)]")]
    [InlineData("[typeof(OrderHandler)]")]
    public Task OneClass_DoesNotTrigger(string handlers) => Rule.Reports(Batch, Code.Handle("\"b\""), Consumer(handlers));

    [Fact]
    public Task ClassOutsideOfTheSubjects_DoesNotTrigger() => Rule.InApplication().Reports(Code.Main, Batch, Code.Handle("\"b\""), Code.Consumer("[\"a\"]"));

    private static string Consumer(string handlers) => Code.ConsumerWith($"public override IReadOnlyList<Type> Handlers => {handlers};");
}
