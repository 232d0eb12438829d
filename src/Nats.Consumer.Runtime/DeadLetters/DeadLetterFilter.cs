using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.JetStream;

namespace Nats.Consumer;

/// <summary>Which dead letters; all without any.</summary>
public sealed class DeadLetterFilter
{
    /// <summary>Those of one consumer, by its name on the server.</summary>
    public string? Consumer { get; init; }

    /// <summary>Those whose message had such a subject.</summary>
    [StringSyntax("NatsSubjectPattern")]
    public string? Subject { get; init; }

    /// <exception cref="ArgumentException">It can never match.</exception>
    internal string WireFor(string stream)
    {
        if (Consumer is not null)
            JetStreamName.ThrowIfInvalid(Consumer, "consumer");
        return DeadLetters.DeadLetterNames.SubjectOf(stream, Consumer ?? "*", Subject is null ? ">" : WirePattern.Of(Subject));
    }
}
