using System.Diagnostics;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Telemetry;

/// <summary>The W3C headers that carry a trace from who publishes to who handles.</summary>
internal static class TraceHeaders
{
    public const string Parent = "traceparent";
    public const string State = "tracestate";

    /// <summary>The activity that published a message; none when it carries none.</summary>
    public static ActivityContext ParentOf(InboundMessage message)
    {
        ActivityContext parent = default;
        if (message.Headers is { } headers && headers[Parent] is { } traceParent)
            ActivityContext.TryParse(traceParent, headers[State], isRemote: true, out parent);
        return parent;
    }

    /// <summary>The headers of a message that is published in an activity. What the application has set itself is left alone, and its own object too.</summary>
    public static NatsHeaders? AddTo(NatsHeaders? headers, Activity? activity)
    {
        if (activity is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } || headers?[Parent] is not null)
            return headers;
        var traced = new NatsHeaders();
        foreach (KeyValuePair<string, string> header in headers ?? [])
            traced.Add(header.Key, header.Value);
        traced.Add(Parent, id);
        if (activity.TraceStateString is { Length: > 0 } state)
            traced.Add(State, state);
        return traced;
    }
}
