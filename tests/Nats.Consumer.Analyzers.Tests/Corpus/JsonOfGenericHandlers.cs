using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Hosting;
var builder = Host.CreateApplicationBuilder(args);
builder.AddNatsConsumers(nats => nats.UseJson(AppJson.Default));
return await builder.Build().RunNatsAsync(args);
public sealed record Order(int Id);
public sealed record Envelope<T>(string Id, T Body);
public abstract class EnvelopeHandler<T> : ConsumerHandler
{
    protected Task HandleAsync(Envelope<T> envelope) => Task.FromResult(envelope.Body);
}
public class ListHandler<T>(IJetStream jetStream) : ConsumerHandler
{
    [Handle("lists.{name}")]
    public Task OnAsync(List<T> items, string name) => Task.FromResult(items.Count + name.Length);
    [Handle("arrays.{name}")]
    public Task OnArrayAsync(T[] items, string name) => Task.FromResult(items.Length + name.Length);
    [Handle("envelopes.{name}")]
    public async Task OnEnvelopeAsync(Envelope<T> item, string name, CancellationToken cancellationToken) => await jetStream.PublishAsync("envelopes." + name, new Envelope<T>(name, item.Body), cancellationToken: cancellationToken);
}
public sealed class OrdersHandler(IJetStream jetStream) : ListHandler<Order>(jetStream)
{
    [Handle("orders.nullable")]
    public Task OnNullableAsync(List<Order?>? orders) => Task.FromResult(orders);
}
public sealed class OrdersConsumer : PullConsumer
{
    public override string StreamName => "orders";
}
[JsonSerializable(typeof(List<Order>))]
public sealed class AppJson(JsonSerializerOptions? options) : JsonSerializerContext(options)
{
    public static AppJson Default { get; } = new(null);
    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}
