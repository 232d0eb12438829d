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
        "Outcome.Retry never leads to a retry, because Other as well as OrderConsumer allows one attempt. Decide at once, by a dead letter or a drop, or allow more attempts.",
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

    [Fact]
    public Task AtMostOnce_Triggers() => Rule.Reports(Code.Main, Handler("[|Outcome.Retry|]"), Code.ConsumerWith("public override DeliveryMode Delivery => DeliveryMode.AtMostOnce;"));

    [Fact]
    public Task RuleForAnException_TriggersAtOnce() => Verify.Rule("NATS0515").Reports(
        Code.ConsumerWith(Once + "public override ExceptionPolicy Exceptions => ExceptionPolicy.Default.[|Retry<IOException>|]().DeadLetter<FormatException>().[|Retry<TimeoutException>|](TimeSpan.Zero);"),
        Code.ConsumerNamed("Other", "public override string StreamName => \"a\"; public override ExceptionPolicy Exceptions => ExceptionPolicy.Default.Retry<IOException>();"));

    private static string Handler(string outcome) => Code.Handler($"[Handle(\"orders.x\")] public Task<Outcome> OnAsync() => Task.FromResult({outcome});");
}
