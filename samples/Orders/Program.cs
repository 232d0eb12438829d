using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer;
using Orders;

var builder = Host.CreateApplicationBuilder(args);
builder.AddNatsConsumers();
builder.Services.AddHostedService<OrderPublisher>(); // only so that there is something to consume
return await builder.Build().RunNatsAsync(args);
