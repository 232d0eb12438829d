using System.Diagnostics;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Telemetry;

/// <summary>
/// The activity of handling several messages at once, linked to those that published them, since it cannot be the child of all; and its measurements. Nothing is built when nobody listens.
/// </summary>
internal readonly struct BatchActivity : IDisposable
{
    private readonly Activity? _activity;
    private readonly IReadOnlyList<InboundMessage> _messages;
    private readonly TimeProvider _time;
    private readonly long _begun;

    private BatchActivity(IReadOnlyList<InboundMessage> messages, TimeProvider time)
    {
        (_messages, _time) = (messages, time);
        _activity = NatsTelemetry.Source.HasListeners() ? Start(messages) : null;
        _begun = ConsumerInstruments.IsListenedTo ? time.GetTimestamp() : 0;
    }

    public static BatchActivity Begin(IReadOnlyList<InboundMessage> messages, TimeProvider time) => new(messages, time);

    /// <summary>The handler has returned, or failed.</summary>
    public void Ended(Exception? error)
    {
        if (_begun != 0)
            ConsumerInstruments.Processed(_messages[0].Consumer.Status, PatternOf(_messages), _time.GetElapsedTime(_begun), error, _messages.Count);
        if (_activity is not { } activity || error is null)
            return;
        activity.SetStatus(ActivityStatusCode.Error, error.Message);
        activity.SetTag(Tags.ErrorType, error.GetType().FullName);
        activity.AddException(error);
    }

    public void Dispose() => _activity?.Dispose();

    // A method may take several subjects; the first message's stands for them.
    private static string PatternOf(IReadOnlyList<InboundMessage> messages) => messages[0].Route?.Pattern.Text ?? "";

    private static Activity? Start(IReadOnlyList<InboundMessage> messages)
    {
        ActivityLink[] links = [.. messages.Select(TraceHeaders.ParentOf).Where(parent => parent != default).Select(parent => new ActivityLink(parent))];
        Activity? activity = NatsTelemetry.Source.StartActivity($"process {PatternOf(messages)}", ActivityKind.Consumer, parentContext: default, links: links);
        if (activity is not { IsAllDataRequested: true })
            return activity;
        ConsumerStatus status = messages[0].Consumer.Status;
        activity.SetTag(Tags.System, Tags.Nats);
        activity.SetTag(Tags.OperationName, "process");
        activity.SetTag(Tags.OperationType, "process");
        activity.SetTag(Tags.Pattern, PatternOf(messages));
        activity.SetTag(Tags.Stream, status.Stream);
        activity.SetTag(Tags.Group, status.Durable);
        activity.SetTag(Tags.Consumer, status.Consumer);
        activity.SetTag(Tags.BatchSize, messages.Count);
        return activity;
    }
}
