using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Nats.Consumer.Tests.Telemetry;

/// <summary>Measurements of one consumer, as text.</summary>
internal sealed class Metrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _seen = new();

    public Metrics(string consumer)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == NatsTelemetry.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => See(instrument, $" {value}", tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => See(instrument, "", tags));
        _listener.Start();

        void See(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Dictionary<string, object?> all = new(tags.ToArray());
            if (all.Remove("nats.consumer", out object? name) && consumer.Equals(name))
                _seen.Enqueue($"{instrument.Name}{value} {{{string.Join(", ", all.Select(tag => $"{tag.Key}={tag.Value}"))}}}");
        }
    }

    public IReadOnlyList<string> Seen => [.. _seen];

    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();
}
