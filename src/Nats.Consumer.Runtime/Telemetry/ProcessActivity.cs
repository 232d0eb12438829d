using System.Diagnostics;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Telemetry;

/// <summary>
/// The activity of handling a message, child of the one that published it (W3C headers <c>traceparent</c> and <c>tracestate</c>), and its measurements. Nothing is built when nobody listens.
/// </summary>
internal readonly struct ProcessActivity : IDisposable
{
    private readonly Activity? _activity;
    private readonly InboundMessage _message;
    private readonly TimeProvider _time;
    private readonly long _begun;

    private ProcessActivity(InboundMessage message, TimeProvider time)
    {
        _message = message;
        _time = time;
        _activity = NatsTelemetry.Source.HasListeners() ? Start(message) : null;
        _begun = ConsumerInstruments.IsListenedTo ? time.GetTimestamp() : 0;
    }

    public static ProcessActivity Begin(InboundMessage message, TimeProvider time) => new(message, time);

    /// <summary>The handlers have decided.</summary>
    public void Decided(in Verdict verdict)
    {
        if (_activity is null && _begun == 0)
            return;
        string pattern = _message.Route?.Pattern.Text ?? "";
        if (_begun != 0)
            ConsumerInstruments.Processed(_message.Consumer.Status, pattern, _time.GetElapsedTime(_begun), verdict.Error);
        if (_activity is not { } activity)
            return;
        activity.DisplayName = $"process {pattern}";
        activity.SetTag(Tags.Pattern, pattern);
        activity.SetTag(Tags.Outcome, verdict.Outcome.Kind.ToString());
        if (verdict.Error is not { } error)
            return;
        activity.SetStatus(ActivityStatusCode.Error, error.Message);
        activity.SetTag(Tags.ErrorType, error.GetType().FullName);
        activity.AddException(error);
    }

    public void Dispose() => _activity?.Dispose();

    private static Activity? Start(InboundMessage message)
    {
        Activity? activity = NatsTelemetry.Source.StartActivity("process", ActivityKind.Consumer, TraceHeaders.ParentOf(message));
        if (activity is not { IsAllDataRequested: true })
            return activity;
        ConsumerStatus status = message.Consumer.Status;
        activity.SetTag(Tags.System, Tags.Nats);
        activity.SetTag(Tags.OperationName, "process");
        activity.SetTag(Tags.OperationType, "process");
        activity.SetTag(Tags.Stream, status.Stream);
        activity.SetTag(Tags.Group, status.Durable);
        activity.SetTag(Tags.Consumer, status.Consumer);
        activity.SetTag(Tags.Sequence, (long)message.Ack.StreamSequence);
        activity.SetTag(Tags.Attempt, message.Attempt);
        return activity;
    }
}
