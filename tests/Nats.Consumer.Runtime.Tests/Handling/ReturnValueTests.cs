namespace Nats.Consumer.Tests.Handling;

public class ReturnValueTests
{
    [Theory]
    [InlineData("task", OutcomeKind.Ack)]
    [InlineData("task.later", OutcomeKind.Ack)]
    [InlineData("valuetask", OutcomeKind.Ack)]
    [InlineData("valuetask.later", OutcomeKind.Ack)]
    [InlineData("outcome", OutcomeKind.Retry)]
    [InlineData("outcome.later", OutcomeKind.Retry)]
    [InlineData("value.outcome", OutcomeKind.Retry)]
    [InlineData("value.outcome.later", OutcomeKind.Retry)]
    public async Task Invoke_EachReturnType_IsAnOutcome(string subject, OutcomeKind kind) =>
        (await Described.CallAsync(new Signatures<int>.Returns(), subject)).Kind.ShouldBe(kind);

    [Theory]
    [InlineData("throws", "thrown at once")]
    [InlineData("throws.later", "thrown later")]
    public async Task Invoke_Throwing_PassesTheException(string subject, string message) =>
        (await Should.ThrowAsync<FormatException>(() => Described.CallAsync(new Signatures<int>.Returns(), subject))).Message.ShouldBe(message);
}
