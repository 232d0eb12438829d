using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Hosting;
var builder = Host.CreateApplicationBuilder(args);
builder.AddNatsConsumers(nats => nats.UseJson(new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine(AppJson.Default, new PluginResolver()) }));
return await builder.Build().RunNatsAsync(args);
public sealed record Order(int Id);
public sealed record Plugin(int Id);
public sealed class PluginResolver : IJsonTypeInfoResolver { public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => null; }
public sealed class PluginHandler : ConsumerHandler
{
    [Handle("plugins.loaded")]
    public Task OnAsync(Plugin plugin) => Task.FromResult(plugin);
}
public sealed class PluginConsumer : PullConsumer { public override string StreamName => "plugins"; }
[JsonSerializable(typeof(Order))]
public sealed class AppJson(JsonSerializerOptions? options) : JsonSerializerContext(options)
{
    public static AppJson Default { get; } = new(null);
    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}
