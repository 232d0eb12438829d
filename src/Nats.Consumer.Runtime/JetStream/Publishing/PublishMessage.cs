using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

/// <summary>A message to publish, for <see cref="IJetStream.PublishManyAsync{T}(IEnumerable{PublishMessage{T}}, PublishWindowOptions?, CancellationToken)"/>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Subject">The subject.</param>
/// <param name="Value">The value: written as JSON; a <c>byte[]</c> or <see cref="ReadOnlyMemory{T}"/> of byte is published as it is.</param>
/// <param name="Options">Message id, headers, expectations.</param>
/// <param name="State">Something of yours that comes back with the <see cref="PublishResult"/>.</param>
public readonly record struct PublishMessage<T>([StringSyntax("NatsSubject")] string Subject, T Value, PublishOptions? Options = null, object? State = null);
