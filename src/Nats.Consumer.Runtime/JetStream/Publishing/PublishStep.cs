namespace Nats.Consumer.JetStream;

/// <summary>What to do about a message on the way.</summary>
internal enum PublishStep
{
    Wait,
    SendAgain,
    TimedOut,
    Away,
}

/// <summary>The rules of a window, as functions of a message's times.</summary>
internal readonly record struct PublishRules(TimeSpan Timeout, TimeSpan OutageTimeout)
{
    /// <param name="isConnected">Whether the connection stands.</param>
    /// <param name="awaitsStream">Nobody has answered the last time it was sent.</param>
    /// <param name="sinceSent">How long ago it was sent last, or could have been answered again.</param>
    /// <param name="sinceFirstSent">How long ago it was sent first.</param>
    public PublishStep Next(bool isConnected, bool awaitsStream, TimeSpan sinceSent, TimeSpan sinceFirstSent)
    {
        if (!isConnected)
            return sinceFirstSent >= OutageTimeout ? PublishStep.Away : PublishStep.Wait;
        if (awaitsStream)
            return sinceSent >= JetStreamPublisher.NoResponderPause ? PublishStep.SendAgain : PublishStep.Wait;
        return sinceSent >= Timeout ? PublishStep.TimedOut : PublishStep.Wait;
    }
}
