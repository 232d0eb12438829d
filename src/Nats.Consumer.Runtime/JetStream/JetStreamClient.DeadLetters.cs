using Nats.Consumer.DeadLetters;

namespace Nats.Consumer.JetStream;

internal sealed partial class JetStreamClient
{
    public IDeadLetters DeadLettersOf(string stream)
    {
        JetStreamName.ThrowIfInvalid(stream, "stream");
        return new StreamDeadLetters(this, _publisher, _letters, stream);
    }
}
