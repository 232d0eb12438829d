namespace Nats.Consumer.Consuming;

/// <summary>What became of the messages that a consumer held when it stopped.</summary>
/// <param name="Finished">Handled and settled, since the start.</param>
/// <param name="HandedBack">Buffered and not begun: given back to the server for somebody else.</param>
/// <param name="Abandoned">Begun and stopped, or too late to begin: the server delivers them again after the ack wait.</param>
internal readonly record struct ShutdownReceipt(long Finished, long HandedBack, long Abandoned);
