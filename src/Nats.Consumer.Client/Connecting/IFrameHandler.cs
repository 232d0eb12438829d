using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Connecting;

/// <summary>Takes the frames of a session in order.</summary>
internal interface IFrameHandler
{
    /// <summary>Takes one frame, whose spans are gone when the call returns. The session waits for the task before it goes on.</summary>
    ValueTask OnFrameAsync(in Frame frame);
}
