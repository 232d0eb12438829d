using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Nats.Consumer.Telemetry;

/// <summary>The metrics of the worker's connection.</summary>
internal static class ConnectionInstruments
{
    private static readonly Counter<long> Reconnects = NatsTelemetry.Meter.CreateCounter<long>(
        "nats.connection.reconnects", "{reconnect}", "How often the connection was lost and is back.");

    public static void Reconnected(string? connection)
    {
        if (Reconnects.Enabled)
            Reconnects.Add(1, new TagList { { Tags.System, Tags.Nats }, { Tags.Connection, connection } });
    }
}
