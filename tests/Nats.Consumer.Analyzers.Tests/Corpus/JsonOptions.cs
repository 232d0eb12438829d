using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Hosting;

var json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
{
    PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    Converters = { new JsonStringEnumConverter() },
    TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
};
var builder = Host.CreateApplicationBuilder(args);
builder.AddNatsConsumers(nats => nats.UseJson(json));
return await builder.Build().RunNatsAsync(args);

public sealed class SensorConsumer : PullConsumer
{
    public override string StreamName => "sensors";
}

public sealed class SensorHandler : ConsumerHandler
{
    [Handle("sensors.{id}")]
    public Task OnReadingAsync(string id, SensorReading reading) => Task.CompletedTask;
}

public sealed record SensorReading(double CurrentValue, [property: JsonPropertyName("unit")] string Unit);
