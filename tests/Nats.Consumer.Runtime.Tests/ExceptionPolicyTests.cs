namespace Nats.Consumer.Tests;

public class ExceptionPolicyTests
{
    private static readonly ExceptionPolicy Policy = ExceptionPolicy.Default
        .DeadLetter<ArgumentNullException>()
        .Drop<ArgumentException>()
        .Retry<TimeoutException>(TimeSpan.FromSeconds(7))
        .Retry<HttpRequestException>()
        .On<InvalidOperationException>(error => error.Message == "gone" ? Outcome.Ack : Outcome.DeadLetter("odd"));

    [Fact]
    public void Decide_FirstRuleThatFits_Decides()
    {
        Policy.Decide(new ArgumentNullException(null, "no id")).ShouldBe(Outcome.DeadLetter("no id"));
        Policy.Decide(new ArgumentOutOfRangeException(null, "too big")).ShouldBe(Outcome.Drop("too big"), "it derives from ArgumentException");
        Policy.Decide(new TimeoutException()).ShouldBe(Outcome.RetryAfter(TimeSpan.FromSeconds(7)));
        Policy.Decide(new HttpRequestException()).ShouldBe(Outcome.Retry);
        Policy.Decide(new InvalidOperationException("gone")).ShouldBe(Outcome.Ack);
        Policy.Decide(new InvalidOperationException("else")).ShouldBe(Outcome.DeadLetter("odd"));
    }

    [Fact]
    public void Decide_NoRuleFits_IsTheDefault()
    {
        Policy.Decide(new FormatException("x")).ShouldBe(Outcome.Retry);
        Policy.Decide(new PayloadException("unreadable")).ShouldBe(Outcome.DeadLetter("unreadable"));
    }

    [Fact]
    public void Decide_RuleForPayloads_WinsOverTheDefault() =>
        ExceptionPolicy.Default.Drop<PayloadException>().Decide(new PayloadException("unreadable")).ShouldBe(Outcome.Drop("unreadable"));

    [Fact]
    public void Otherwise_DecidesInPlaceOfTheDefault()
    {
        ExceptionPolicy policy = ExceptionPolicy.Default.Retry<TimeoutException>().Otherwise(error => Outcome.DeadLetter(error.GetType().Name));
        policy.Decide(new TimeoutException()).ShouldBe(Outcome.Retry);
        policy.Decide(new PayloadException("unreadable")).ShouldBe(Outcome.DeadLetter(nameof(PayloadException)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void DeadLetter_ErrorWithoutAMessage_TakesItsTypeForAReason(string message) =>
        ExceptionPolicy.Default.DeadLetter<FormatException>().Decide(new FormatException(message)).ShouldBe(Outcome.DeadLetter("FormatException"));

    [Fact]
    public void On_MakesANewPolicyAndLeavesTheOld()
    {
        ExceptionPolicy more = Policy.Drop<FormatException>();
        more.Decide(new FormatException("x")).ShouldBe(Outcome.Drop("x"));
        Policy.Decide(new FormatException("x")).ShouldBe(Outcome.Retry);
    }

    [Fact]
    public void On_DecisionThrows_PassesThrough() =>
        Should.Throw<NotSupportedException>(() => ExceptionPolicy.Default.On<FormatException>(_ => throw new NotSupportedException()).Decide(new FormatException()));
}
