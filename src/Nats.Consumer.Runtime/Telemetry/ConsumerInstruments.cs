using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Nats.Consumer.Telemetry;

/// <summary>The metrics of consumers; docs/telemetry.md has the table. A measurement that nobody listens to costs a comparison.</summary>
internal static class ConsumerInstruments
{
    private static readonly ConcurrentDictionary<ConsumerStatus, byte> Running = new();

    private static readonly Histogram<double> ProcessDuration = NatsTelemetry.Meter.CreateHistogram<double>(
        "messaging.process.duration", "s", "How long the handlers of a message took.");

    private static readonly Counter<long> Consumed = NatsTelemetry.Meter.CreateCounter<long>(
        "messaging.client.consumed.messages", "{message}", "Messages that were given to handlers.");

    private static readonly Counter<long> SettledMessages = NatsTelemetry.Meter.CreateCounter<long>(
        "nats.consumer.settled", "{message}", "Messages that were settled, by outcome.");

    private static readonly Counter<long> RedeliveredMessages = NatsTelemetry.Meter.CreateCounter<long>(
        "nats.consumer.redelivered", "{message}", "Messages that came for the second time or more.");

    static ConsumerInstruments()
    {
        Gauge("nats.consumer.in_flight", "Messages whose handlers run.", status => status.InFlight);
        Gauge("nats.consumer.buffered", "Messages that wait in this process for a handler.", status => status.Buffered);
        Gauge("nats.consumer.lag", "Messages that the consumer has still to get from the stream, as of the last one that came.", status => status.Pending);
    }

    public static bool IsListenedTo => ProcessDuration.Enabled || Consumed.Enabled;

    public static void Add(ConsumerStatus status) => Running.TryAdd(status, 0);

    public static void Remove(ConsumerStatus status) => Running.TryRemove(status, out _);

    public static void Redelivered(ConsumerStatus status)
    {
        if (RedeliveredMessages.Enabled)
            RedeliveredMessages.Add(1, Of(status));
    }

    public static void Processed(ConsumerStatus status, string pattern, TimeSpan duration, Exception? error, int messages = 1)
    {
        TagList tags = Of(status);
        tags.Add(Tags.OperationName, "process");
        tags.Add(Tags.Pattern, pattern);
        if (error is not null)
            tags.Add(Tags.ErrorType, error.GetType().FullName);
        Consumed.Add(messages, tags);
        ProcessDuration.Record(duration.TotalSeconds, tags);
    }

    public static void Settled(ConsumerStatus status, string outcome)
    {
        if (!SettledMessages.Enabled)
            return;
        TagList tags = Of(status);
        tags.Add(Tags.Outcome, outcome);
        SettledMessages.Add(1, tags);
    }

    private static TagList Of(ConsumerStatus status) => new()
    {
        { Tags.System, Tags.Nats },
        { Tags.Stream, status.Stream },
        { Tags.Group, status.Durable },
        { Tags.Consumer, status.Consumer },
    };

    private static void Gauge(string name, string description, Func<ConsumerStatus, long> read) => NatsTelemetry.Meter.CreateObservableGauge(
        name, () => Running.Keys.Select(status => new Measurement<long>(read(status), Of(status))), "{message}", description);
}
