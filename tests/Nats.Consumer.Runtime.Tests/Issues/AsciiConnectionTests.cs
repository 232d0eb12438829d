using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Issues;

/// <summary>On a connection that sends no headers but ASCII, as NATS.Net unless it is told otherwise, no dead letter with a stack could be stored.</summary>
public class AsciiConnectionTests
{
    [Fact]
    public async Task DeadLetter_WithWhatIsNotAscii_IsStoredEscaped()
    {
        Lane lane = new Lane(new StubConsumer { Attempts = 1 }).Handle(_ => throw new InvalidOperationException("süß\nund mehr"));
        var stored = new List<NatsHeaders>();
        lane.Connection.Answer = request =>
        {
            if (!request.Headers!.All(header => Ascii.IsValid(header.Value)))
                throw new ArgumentException("not ASCII");
            stored.Add(request.Headers!);
            return RecordingConnection.Json(Lane.Stored);
        };
        (await lane.ProcessAsync()).ShouldBeTrue();
        stored.ShouldHaveSingleItem()["Dead-Letter-Reason"].ShouldBe("s\\u00fc\\u00df \\u23ce und mehr");
    }
}
