using GitHubEvents.Demonstration;
using GitHubEvents.Payloads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer;

Console.WriteLine("Publishes 329 real GitHub webhook payloads and a truncated one, handles them, and accounts for each.");
var builder = Host.CreateApplicationBuilder(args);
builder.Configuration["Nats:Url"] ??= "memory://github"; // nothing to install; --Nats:Url=nats://host:4222 or NATS_URL takes a real server
builder.AddDemonstration();                                         // publishes the events, and adds up what becomes of them
builder.AddNatsConsumers(nats => nats.UseJson(GitHubJson.Default.Options)); // finds GitHubConsumer and GitHubHandler
IHost host = builder.Build();
Summary summary = host.Services.GetRequiredService<Summary>();
int exitCode = await host.RunNatsAsync(["run", "--setup"]);
return exitCode != 0 ? exitCode : summary.Print(Console.Out);
