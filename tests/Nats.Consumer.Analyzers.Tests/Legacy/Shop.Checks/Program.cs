// The tests of the shop: each subject is published once, and what the handlers wrote down is what expected.txt says.
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer;
using Shop.Contracts;
using Shop.Worker;

string[] expected = File.ReadAllLines(args[0]);
HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "shop" });
builder.Configuration["Nats:Url"] = "memory://shop";
builder.Services.AddSingleton<Journal>();
builder.AddNatsConsumers(nats => nats.AddAssembly(typeof(OrdersConsumer).Assembly));
using IHost host = builder.Build();
Task<int> run = host.RunNatsAsync(["run", "--setup"]);
var jetStream = host.Services.GetRequiredService<IJetStream>();
var journal = host.Services.GetRequiredService<Journal>();
for (int i = 0; await jetStream.ListStreamNamesAsync().AllAsync(name => name != "shop"); i++)
    await Task.Delay(i < 200 ? 50 : throw new TimeoutException("There is no stream."));

foreach (string subject in expected.Select(line => line.Split(' ')[0]).Distinct())
    await jetStream.PublishAsync(subject, "{}");
for (int i = 0; i < 600 && journal.Lines.Count() < expected.Length; i++)
    await Task.Delay(50);
await Task.Delay(300); // for what should not come

host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
int exitCode = await run;
string[] actual = [.. journal.Lines.Order(StringComparer.Ordinal)];
foreach (string missing in expected.Except(actual))
    Console.WriteLine($"missing: {missing}");
foreach (string unexpected in actual.Except(expected))
    Console.WriteLine($"unexpected: {unexpected}");
Console.WriteLine($"{actual.Length} messages handled, of {expected.Length}");
return actual.SequenceEqual(expected) ? exitCode : 1;
