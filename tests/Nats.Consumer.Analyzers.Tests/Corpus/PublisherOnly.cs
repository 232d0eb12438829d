using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.AddNatsConsumers();
using IHost host = builder.Build();
await host.StartAsync();
IJetStream jetStream = host.Services.GetRequiredService<IJetStream>();
for (int i = 0; i < 10; i++)
{
    PublishAck ack = await jetStream.PublishAsync("orders.created", new { Id = i, Total = 9.99m });
    Console.WriteLine($"{ack.Stream} {ack.Sequence} {(ack.Duplicate ? "again" : "new")}");
}

await host.StopAsync();
