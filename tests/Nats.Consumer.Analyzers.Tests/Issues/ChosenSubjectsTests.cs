using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>Subjects in the branches of <c>?:</c>, <c>switch</c> and <c>??</c>, and in <c>with</c> and initializers of positional records, were not judged.</summary>
public class ChosenSubjectsTests
{
    private static Verify Rule => Verify.Rule("NATS0101");

    [Theory]
    [InlineData("id == \"\" ? [|\"orders-created\"|] : [|\"orders-updated\"|]")]
    [InlineData("id switch { \"\" => [|\"orders-created\"|], \"x\" => \"orders.updated\", _ => id }")]
    [InlineData("Environment.GetEnvironmentVariable(\"SUBJECT\") ?? [|\"orders-created\"|]")]
    public Task EachBranch_Triggers(string subject) => Rule.Reports(Code.Publish(subject));

    [Fact]
    public Task EachBranchOfLists_TriggersAndIsFixed() => Rule.Fixes(
        Code.Stream("Environment.ProcessorCount > 1 ? [[|\"orders-created\"|]] : new[] { [|\"orders-updated\"|] }"), Code.Stream("Environment.ProcessorCount > 1 ? [\"orders.created\"] : new[] { \"orders.updated\" }"));

    [Theory]
    [InlineData("NATS0001", "Environment.ProcessorCount > 1 ? [] : [\"orders.>\"]")]
    [InlineData("NATS0506", "Environment.ProcessorCount > 1 ? [\"orders.*\"] : [\"orders.>\"]")]
    public Task Branches_AreNotOneList(string rule, string subjects) => Verify.Rule(rule).Reports(Code.Stream(subjects));

    [Theory]
    [InlineData("new PublishMessage<int>(\"orders.created\", 1) with { Subject = [|\"orders-updated\"|] }")]
    [InlineData("new PublishMessage<int> { Subject = [|\"orders-updated\"|] }")]
    [InlineData("new Target(\"orders.created\") with { Subject = [|\"orders-updated\"|] }")]
    public Task PropertyOfAPositionalRecord_Triggers(string value) =>
        Rule.Reports($"public record Target([StringSyntax(\"NatsSubject\")] string Subject); public static class C {{ public static object Value => {value}; }}");
}
