using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Issues;

/// <summary>The server remembered the id of a dead letter that somebody had deleted, took the next copy for a second one, and the message was nowhere.</summary>
public class ForgottenDuplicateTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task DeadLetter_IsADuplicate_IsStoredAgainWhereTheFirstIsGone(bool isThere, int copies)
    {
        Lane lane = new Lane().Handle(_ => Outcome.DeadLetter("bad"));
        var ids = new List<string?>();
        lane.Connection.Answer = request =>
        {
            if (request.Subject.StartsWith("$JS.API.STREAM.MSG.GET.", StringComparison.Ordinal))
            {
                return RecordingConnection.Json(isThere
                    ? """{"message":{"seq":1}}"""
                    : """{"error":{"code":404,"err_code":10037,"description":"no message found"}}""");
            }

            ids.Add(request.Headers?["Nats-Msg-Id"]);
            return RecordingConnection.Json(ids.Count == 1 ? """{"stream":"orders-dead-letters","seq":1,"duplicate":true}""" : """{"stream":"orders-dead-letters","seq":2}""");
        };
        (await lane.ProcessAsync()).ShouldBeTrue();
        ids.Count.ShouldBe(copies);
        ids.Distinct().Count().ShouldBe(copies);
        lane.Settlements.ShouldBe(["+TERM bad"]);
    }
}
