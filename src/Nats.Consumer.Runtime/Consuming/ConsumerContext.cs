using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Settling;
using Nats.Consumer.Subjects;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.Consuming;

/// <summary>What all messages of a running consumer share.</summary>
internal sealed record ConsumerContext(string Stream, string Durable, IServiceProvider RootServices, PayloadSerializer Payloads, Settler Settler)
{
    /// <summary>How long the server waits for settlements, as read back from it; somebody may change it there while the consumer runs.</summary>
    public required AckDeadlines Deadlines { get; set; }

    /// <summary>How it is doing.</summary>
    public required ConsumerStatus Status { get; init; }

    /// <summary>Publishes for handlers.</summary>
    public required JetStreamPublisher Publisher { get; init; }

    /// <summary>Whether the server expects no settlements at all.</summary>
    public bool AcksNothing { get; init; }

    /// <summary>
    /// What the handlers take, where the filter on the server is wider because the server cannot express it; <see langword="null"/> where the filter is exact.
    /// What is outside is acknowledged unseen.
    /// </summary>
    public IReadOnlyList<SubjectPattern>? Wanted { get; init; }
}
