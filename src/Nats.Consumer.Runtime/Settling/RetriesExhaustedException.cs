namespace Nats.Consumer;

/// <summary>A message ran out of attempts without an error of its own: its handler asked for a retry each time, or never came to an end.</summary>
public sealed class RetriesExhaustedException(string message) : Exception(message);
