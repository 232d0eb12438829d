using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Across;

public class NoAttemptLeftTests
{
    private const string Once = "public override int MaxDeliver => 1;";

    private static Verify Rule => Verify.Rule("NATS0515").InApplication();

    [Theory]
    [InlineData("Outcome.Retry")]
    [InlineData("Outcome.RetryAfter(TimeSpan.FromSeconds(1))")]
    public Task RetryWithOneAttempt_Triggers(string retry) => Rule.Reports(Code.Main, Handler($"[|{retry}|]"), Code.ConsumerWith(Once));

    [Fact]
    public Task Message_NamesTheConsumers() => Rule.Says(
        "Outcome.Retry never leads to a retry, because MaxDeliver of Other and OrderConsumer is 1. Decide at once, by Outcome.DeadLetter or Outcome.Drop, or raise MaxDeliver.",
        Code.Main, Handler("[|Outcome.Retry|]"), Code.ConsumerNamed("Other", "public override string StreamName => \"a\";" + Once), Code.ConsumerWith(Once));

    [Theory]
    [InlineData("public override int MaxDeliver => 2;")]
    [InlineData("public override int MaxDeliver => int.Parse(\"1\");")]
    [InlineData("")]
    [InlineData(Once + " public override IReadOnlyList<string> Subjects => [\"else.>\"];")]
    public Task MoreAttemptsOrUnknownOrAnother_DoesNotTrigger(string members) => Rule.Reports(Code.Main, Handler("Outcome.Retry"), Code.ConsumerWith(members));

    [Fact]
    public Task OneOfTwoConsumersTriesAgain_DoesNotTrigger() => Rule.Reports(
        Code.Main, Handler("Outcome.Retry"), Code.ConsumerWith(Once), Code.ConsumerNamed("Other", "public override string StreamName => \"a\";"));

    [Fact]
    public Task RetryElsewhere_DoesNotTrigger() => Rule.Reports(Code.Main, Handler("Outcome.Ack"), "public static class Help { public static Outcome Again => Outcome.Retry; }", Code.ConsumerWith(Once));

    private static string Handler(string outcome) => Code.Handler($"[Handle(\"orders.x\")] public Task<Outcome> OnAsync() => Task.FromResult({outcome});");
}
