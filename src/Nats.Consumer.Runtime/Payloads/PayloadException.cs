using Nats.Consumer.Client;

namespace Nats.Consumer;

/// <summary>A payload is not what the handler's parameter needs. Trying again cannot help: the message becomes a dead letter at once.</summary>
public sealed class PayloadException(string message, Exception? innerException = null) : NatsException(message, innerException);
