using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Nats.Consumer.Samples.Tests.Docs;

/// <summary>The code of docs/telemetry.md, so that it compiles.</summary>
internal static class TelemetrySnippets
{
    public static void Export()
    {
        using MeterProvider metrics = Sdk.CreateMeterProviderBuilder().AddMeter(NatsTelemetry.MeterName).AddOtlpExporter().Build();
        using TracerProvider traces = Sdk.CreateTracerProviderBuilder().AddSource(NatsTelemetry.ActivitySourceName).AddOtlpExporter().Build();
    }

    public static void ShowHealth(IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddNatsConsumers();
    }
}
