using Nats.Consumer.Client;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Tests.JetStream;

public class PullStatusTests
{
    [Theory]
    [InlineData(100, "Idle Heartbeat", nameof(PullReaction.None))]
    [InlineData(404, "No Messages", nameof(PullReaction.PullAgain))]
    [InlineData(408, "Request Timeout", nameof(PullReaction.PullAgain))]
    [InlineData(409, "Message Size Exceeds MaxBytes", nameof(PullReaction.TooLarge))]
    [InlineData(409, "Batch Completed", nameof(PullReaction.PullAgain))]
    [InlineData(409, "Server Shutdown", nameof(PullReaction.PullAgain))]
    [InlineData(409, "Leadership Change", nameof(PullReaction.PullAgain))]
    [InlineData(409, "Consumer Deleted", nameof(PullReaction.CheckConsumer))]
    [InlineData(409, "Exceeded MaxWaiting", nameof(PullReaction.CheckConsumer))]
    [InlineData(409, "Exceeded MaxRequestBatch of 50", nameof(PullReaction.CheckConsumer))]
    [InlineData(409, "Exceeded MaxRequestExpires of 20s", nameof(PullReaction.CheckConsumer))]
    [InlineData(409, "Exceeded MaxRequestMaxBytes of 1024", nameof(PullReaction.CheckConsumer))]
    [InlineData(409, "Consumer is push based", nameof(PullReaction.Broken))]
    [InlineData(400, "Bad Request - heartbeat value too large", nameof(PullReaction.Broken))]
    [InlineData(400, "Bad Request - Priority Group missing", nameof(PullReaction.Broken))]
    [InlineData(412, "Required Api Level", nameof(PullReaction.CheckConsumer))]
    [InlineData(423, "Nats-Wrong-Pin-Id", nameof(PullReaction.CheckConsumer))]
    [InlineData(423, "Nats-Pin-Id mismatch", nameof(PullReaction.CheckConsumer))]
    [InlineData(503, "", nameof(PullReaction.CheckConsumer))]
    [InlineData(409, "Something New", nameof(PullReaction.CheckConsumer))]
    [InlineData(599, "Something New", nameof(PullReaction.CheckConsumer))]
    [InlineData(0, "", nameof(PullReaction.CheckConsumer))]
    [InlineData(409, "SERVER SHUTDOWN", nameof(PullReaction.PullAgain))]
    public void ReactionTo_Status_IsThis(int code, string text, string reaction) => PullStatus.ReactionTo(new NatsStatus(code, text)).ToString().ShouldBe(reaction);
}
