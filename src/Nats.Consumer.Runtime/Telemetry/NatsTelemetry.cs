using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Nats.Consumer;

/// <summary>The names by which metrics and traces are subscribed to: <c>AddMeter(NatsTelemetry.MeterName)</c>, <c>AddSource(NatsTelemetry.ActivitySourceName)</c>.</summary>
public static class NatsTelemetry
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Nats.Consumer";

    /// <summary>The source of activities.</summary>
    public const string ActivitySourceName = "Nats.Consumer";

    internal static Meter Meter { get; } = new(MeterName);

    internal static ActivitySource Source { get; } = new(ActivitySourceName);
}
