namespace Nats.Consumer;

/// <summary>A message of a batch: its payload as a value, and the message itself.</summary>
/// <typeparam name="T">The payload's type.</typeparam>
/// <param name="Value">The payload; <see langword="null"/> only where the JSON is <c>null</c>.</param>
/// <param name="Context">The message. Valid until the batch handler has completed.</param>
public readonly record struct Message<T>(T Value, MessageContext Context)
{
    /// <summary>The subject.</summary>
    public string Subject => Context.Subject;
}
