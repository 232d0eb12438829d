using Nats.Consumer.JetStream;

namespace Nats.Consumer.Tests.JetStream.Publishing;

public class PublishRulesTests
{
    private static readonly PublishRules Rules = new(Timeout: TimeSpan.FromSeconds(5), OutageTimeout: TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(true, false, 4.9, 100, nameof(PublishStep.Wait))]
    [InlineData(true, false, 5, 5, nameof(PublishStep.TimedOut))]
    [InlineData(true, true, 0.2, 20, nameof(PublishStep.Wait))]
    [InlineData(true, true, 0.25, 20, nameof(PublishStep.SendAgain))]
    [InlineData(false, false, 29, 29.9, nameof(PublishStep.Wait))]
    [InlineData(false, true, 29, 29.9, nameof(PublishStep.Wait))]
    [InlineData(false, false, 1, 30, nameof(PublishStep.Away))]
    [InlineData(false, true, 1, 30, nameof(PublishStep.Away))]
    public void Next_Message_IsThis(bool isConnected, bool awaitsStream, double sinceSent, double sinceFirstSent, string step) =>
        Rules.Next(isConnected, awaitsStream, TimeSpan.FromSeconds(sinceSent), TimeSpan.FromSeconds(sinceFirstSent)).ToString().ShouldBe(step);
}
