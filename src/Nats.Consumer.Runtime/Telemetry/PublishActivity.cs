using System.Diagnostics;
using System.Diagnostics.Metrics;
using Nats.Consumer.Client;

namespace Nats.Consumer.Telemetry;

/// <summary>The activity of publishing a message into a stream, and its measurements. Subjects are not among the tags: there may be as many of them as there are messages.</summary>
internal readonly struct PublishActivity : IDisposable
{
    private static readonly Histogram<double> Duration = NatsTelemetry.Meter.CreateHistogram<double>(
        "messaging.client.operation.duration", "s", "How long it took until the stream confirmed a message.");

    private static readonly Counter<long> Sent = NatsTelemetry.Meter.CreateCounter<long>(
        "messaging.client.sent.messages", "{message}", "Messages that were published into streams.");

    private readonly Activity? _activity;
    private readonly TimeProvider _time;
    private readonly long _begun;

    private PublishActivity(TimeProvider time)
    {
        _time = time;
        _activity = NatsTelemetry.Source.HasListeners() ? NatsTelemetry.Source.StartActivity("send", ActivityKind.Producer) : null;
        _begun = Duration.Enabled || Sent.Enabled ? time.GetTimestamp() : 0;
        if (_activity is not { IsAllDataRequested: true } activity)
            return;
        activity.SetTag(Tags.System, Tags.Nats);
        activity.SetTag(Tags.OperationName, "send");
        activity.SetTag(Tags.OperationType, "send");
    }

    public static PublishActivity Begin(TimeProvider time) => new(time);

    /// <summary>The headers to send: those of the application, and the trace.</summary>
    public NatsHeaders? Headers(NatsHeaders? headers) => NatsTelemetry.Source.HasListeners() ? TraceHeaders.AddTo(headers, _activity ?? Activity.Current) : headers;

    /// <summary>The same for a message that is published without an activity of its own, through a window: the trace of whoever publishes.</summary>
    public static NatsHeaders? HeadersOf(NatsHeaders? headers) => NatsTelemetry.Source.HasListeners() ? TraceHeaders.AddTo(headers, Activity.Current) : headers;

    public void Stored(PublishAck ack)
    {
        _activity?.SetTag(Tags.Stream, ack.Stream);
        _activity?.SetTag(Tags.Sequence, (long)ack.Sequence);
        Record(ack.Stream, null);
    }

    public void Failed(Exception error)
    {
        _activity?.SetStatus(ActivityStatusCode.Error, error.Message);
        _activity?.SetTag(Tags.ErrorType, error.GetType().FullName);
        Record(null, error);
    }

    public void Dispose() => _activity?.Dispose();

    private void Record(string? stream, Exception? error)
    {
        if (_begun == 0)
            return;
        TagList tags = new() { { Tags.System, Tags.Nats }, { Tags.OperationName, "send" } };
        if (stream is not null)
            tags.Add(Tags.Stream, stream);
        if (error is not null)
            tags.Add(Tags.ErrorType, error.GetType().FullName);
        Sent.Add(1, tags);
        Duration.Record(_time.GetElapsedTime(_begun).TotalSeconds, tags);
    }
}
