using Nats.Consumer.Client;

namespace Nats.Consumer;

/// <summary>A consumer or a handler can never work as it is written. The worker stops; the message says what to change.</summary>
public sealed class ConsumerConfigurationException(string message, Exception? innerException = null) : NatsException(message, innerException);
