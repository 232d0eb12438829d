using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer;
using Orders;

var builder = Host.CreateApplicationBuilder(args);
builder.Configuration["Nats:Url"] ??= "memory://orders"; // nothing to install; --Nats:Url=nats://host:4222 or NATS_URL takes a real server
builder.AddNatsConsumers(nats => nats.UseJson(OrderJson.Default));
builder.Services.AddHostedService<OrderPublisher>(); // only so that there is something to consume
return await builder.Build().RunNatsAsync(args);
